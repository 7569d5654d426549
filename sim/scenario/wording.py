"""Validation errors of pydantic in plain words: the rule, the value, the remedy."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from pydantic_core import ErrorDetails

from sim.scenario.problems import near, nearest, shown
from sim.scenario.shapes import Found, choices, described, known_keys, plain_number, tags

_KINDS = {
    bool: "true or false",
    int: "a whole number",
    float: "a number with a decimal point",
    str: "text",
    dict: "a mapping",
    list: "a list",
}
_LIMITS = {
    "greater_than": "must be greater than {gt}",
    "greater_than_equal": "must be at least {ge}",
    "less_than": "must be less than {lt}",
    "less_than_equal": "must be at most {le}",
    "multiple_of": "must be a multiple of {multiple_of}",
}
_SIZES = {
    "string_too_short": "must have at least {min_length} letters",
    "string_too_long": "must have at most {max_length} letters",
    "too_short": "must have at least {min_length} entries",
    "too_long": "must have at most {max_length} entries",
}


class Words(NamedTuple):
    """What a problem says after its key."""

    rule: str
    value: str
    remedy: str


def worded(error: ErrorDetails, found: Found) -> Words:
    """The error in plain words.

    A validator chooses its own by raising
    `PydanticCustomError("name", "{rule}", {"rule": ..., "remedy": ...})`, optionally with a
    `value` to show, and the `key` inside the validated mapping to point at.
    """
    context: Mapping[str, Any] = error.get("ctx", {})
    kind = error["type"]
    if "rule" in context:
        return _own_words(context, error["input"])
    if is_wrong_kind(error):
        return wrong_kind(error["input"], found)
    if kind in _LIMITS or kind in _SIZES:
        return _limit(context, kind, error["input"], found)
    return _OTHERS.get(kind, _rest)(error, found)


def is_wrong_kind(error: ErrorDetails) -> bool:
    """Whether the value is of another kind than the wanted one: text for a number, say."""
    return error["type"].endswith("_type")


def wrong_kind(value: object, found: Found) -> Words:
    """The words for a value of another kind than the shape found."""
    wanted = described(found.shape, bounds=False)
    words = choices(found.shape)
    not_that = "" if words else f", not {_KINDS.get(type(value), 'null')}"
    guess = near(value, words) if isinstance(value, str) else ""
    remedy = guess or f"write {described(found.shape)}"
    return Words(f"must be {wanted}{not_that}", shown(value), remedy)


def _own_words(context: Mapping[str, Any], value: object) -> Words:
    given = "" if isinstance(value, dict | list) else shown(value)
    return Words(context["rule"], context.get("value", given), context.get("remedy", ""))


def _limit(context: Mapping[str, Any], kind: str, value: object, found: Found) -> Words:
    limits = {name: plain_number(limit) for name, limit in context.items()}
    if kind in _LIMITS:
        rule = _LIMITS[kind].format(**limits)
        return Words(rule, shown(value), f"write {described(found.shape)}")
    rule = _SIZES[kind].format(**limits)
    return Words(rule, shown(value), "make it longer" if "short" in kind else "make it shorter")


def _unknown(error: ErrorDetails, found: Found) -> Words:
    key = str(found.path[-1])
    remedy = nearest(key, known_keys(found.owner))
    if "." in key:
        remedy = "a path with dots works only at the top of a file or a policy"
    return Words("must be a known key", shown(key), remedy)


def _missing(error: ErrorDetails, found: Found) -> Words:
    return Words("must be given", "missing", f"write {described(found.shape)}")


def _not_a_choice(error: ErrorDetails, found: Found) -> Words:
    words = choices(found.shape)
    if not words:
        return _rest(error, found)
    return Words(f"must be {described(found.shape)}", shown(error["input"]), _pick(error, words))


def _pick(error: ErrorDetails, words: Sequence[str]) -> str:
    return nearest(str(error["input"]), words) if len(words) > 1 else f"write {words[0]}"


def _unknown_tag(error: ErrorDetails, found: Found) -> Words:
    tag, words = str(error["ctx"]["tag"]), tags(found.shape, discriminator(error))
    return Words(f"must be one of {', '.join(words)}", shown(tag), nearest(tag, words))


def _no_tag(error: ErrorDetails, found: Found) -> Words:
    words = tags(found.shape, discriminator(error))
    return Words("must be given", "missing", f"write one of {', '.join(words)}")


def discriminator(error: ErrorDetails) -> str:
    """The key that tells the members of a union apart, in an error about it; else empty."""
    return str(error.get("ctx", {}).get("discriminator", "")).strip("'")


def _other_pattern(error: ErrorDetails, found: Found) -> Words:
    pattern = error["ctx"]["pattern"]
    remedy = f"write {'a name' if found.of_key else 'text'} that matches it"
    return Words(f"must match the pattern {pattern}", shown(error["input"]), remedy)


def _raised(error: ErrorDetails, found: Found) -> Words:
    return _own_words({"rule": str(error["ctx"]["error"])}, error["input"])


def _rest(error: ErrorDetails, found: Found) -> Words:
    rule = error["msg"].removeprefix("Input should").removeprefix(" be").strip()
    return Words(f"must be {rule}" if rule != error["msg"] else rule, shown(error["input"]), "")


_OTHERS: dict[str, Callable[[ErrorDetails, Found], Words]] = {
    "extra_forbidden": _unknown,
    "missing": _missing,
    "literal_error": _not_a_choice,
    "enum": _not_a_choice,
    "union_tag_invalid": _unknown_tag,
    "union_tag_not_found": _no_tag,
    "string_pattern_mismatch": _other_pattern,
    "value_error": _raised,
    "assertion_error": _raised,
}
