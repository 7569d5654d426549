"""The channels by which a firm contacts its customers, each of whom lets it use some of them."""

from pydantic import model_validator

from sim.scenario.fields import Specification, declare, refuse


class Channel(Specification):
    """One way to contact people."""

    part: float = declare(
        "part of the money for contacts, in proportion to the parts of the other channels",
        1.0,
        unit="parts",
        gt=0,
        le=1e6,
    )
    reach: float = declare(
        "share of people who let the firm use it", 0.5, unit="share", ge=0, le=1, source="assumed"
    )
    dearness: float = declare(
        "what a contact costs, as a multiple of what it costs without channels",
        1.0,
        unit="factor",
        gt=0,
        le=1e6,
    )
    warmth: float = declare(
        "factor on what a contact warms and reminds", 1.0, unit="factor", ge=0, le=100
    )
    weariness: float = declare(
        "factor on how much a contact wearies", 1.0, unit="factor", ge=0, le=100
    )


class Channels(Specification):
    """The channels of a firm; those left out it does not use."""

    mail: Channel | None = declare("letters and electronic mail", None)
    messenger: Channel | None = declare("messages to a person's telephone", None)
    social: Channel | None = declare("social networks", None)
    site: Channel | None = declare("notices on the firm's site, to those who are known there", None)
    mobile: Channel | None = declare("notices of the firm's mobile application", None)

    @model_validator(mode="after")
    def _there_is_one(self) -> "Channels":
        if not self.used:
            raise refuse(
                "channels must name at least one, they name none",
                f"declare one of {', '.join(NAMES)}, or write null for one that reaches everybody",
            )
        return self

    @property
    def used(self) -> dict[str, Channel]:
        """Those that the firm has, by name."""
        named = {name: getattr(self, name) for name in NAMES}
        return {name: channel for name, channel in named.items() if channel is not None}


NAMES = tuple(Channels.model_fields)
"""All channels. The place of one is the address of its draws, so a new one is added at the end."""
