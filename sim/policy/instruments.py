"""The list of instruments that a firm can spend on."""

from sim.policy.advertising import ADVERTISING
from sim.policy.instrument import Instrument
from sim.policy.loyalty import LOYALTY
from sim.policy.recovery import RECOVERY
from sim.policy.save import SAVE
from sim.policy.service import SERVICE

INSTRUMENTS: dict[str, Instrument] = {
    instrument.name: instrument for instrument in (ADVERTISING, SERVICE, RECOVERY, LOYALTY, SAVE)
}
"""Name in a scenario file → declaration."""
