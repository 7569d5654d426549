"""Problems: what a user reads when a scenario cannot be used."""

import pickle

from sim.scenario.problems import Place, Problem, ScenarioError, dotted, near, nearest, shown

PRICE = Problem(
    Place("market.yaml", 12, 5),
    "firms.acme.price",
    "must be greater than 0",
    "-3",
    "write a price above 0",
)


def test_a_problem_names_place_key_rule_value_and_remedy() -> None:
    """The one-line form of a problem is pinned, word for word."""
    assert str(PRICE) == (
        "market.yaml:12:5  firms.acme.price: must be greater than 0, is -3; write a price above 0"
    )


def test_what_is_not_known_is_left_out() -> None:
    """A problem without place, key, value and remedy is its rule alone."""
    assert str(Problem(None, "", "must be text", "", "")) == "must be text"


def test_problems_are_sorted_by_place_one_paragraph_each() -> None:
    """Line 9 stands before line 12, and what has no place comes last."""
    nowhere = Problem(None, "seed", "must be given", "", "")
    early = Problem(Place("market.yaml", 9, 1), "step", "must be known", "", "")
    error = ScenarioError([nowhere, PRICE, early])
    assert error.problems == (early, PRICE, nowhere)
    assert [text[:12] for text in str(error).split("\n\n")] == [
        "market.yaml:",
        "market.yaml:",
        "seed: must b",
    ]


def test_machines_get_dictionaries() -> None:
    """`to_json` gives the same facts as plain data, sorted the same way."""
    [problem] = ScenarioError([PRICE]).to_json()
    assert problem["place"] == {"file": "market.yaml", "line": 12, "column": 5}
    assert problem["key"] == "firms.acme.price"
    assert problem["value"] == "-3"


def test_a_problem_without_a_place_can_be_given_one() -> None:
    """Only problems that have no place yet are placed."""
    error = ScenarioError([PRICE, Problem(None, "", "must be a file", "", "")])
    placed = error.placed(Place("z.yaml", 1, 1), "extends")
    assert placed.problems[0] == PRICE
    assert placed.problems[1].place == Place("z.yaml", 1, 1)
    assert placed.problems[1].key == "extends"


def test_an_error_survives_the_way_between_processes() -> None:
    """Workers send errors by pickle: the problems arrive unchanged."""
    assert pickle.loads(pickle.dumps(ScenarioError([PRICE]))).problems == (PRICE,)


def test_values_are_shown_as_yaml_would_on_one_short_line() -> None:
    """True is `true`, text is quoted, and nothing is longer than 80 characters."""
    assert [shown(value) for value in (True, None, 3, "no")] == ["true", "null", "3", "'no'"]
    assert len(shown("x" * 1000)) == 80
    assert shown("x" * 1000).endswith("…")


def test_no_file_can_drive_a_terminal() -> None:
    """Escape sequences and line breaks in names and values are printed as text."""
    assert shown("\x1b[31m\n") == r"'\x1b[31m\n'"
    message = str(Problem(Place("a\nb", 1, 1), "k\x1b", "must", "", "\u202e"))
    assert message == r"a\nb:1:1  k\x1b: must; \u202e"


def test_the_nearest_known_word_is_offered_else_all() -> None:
    """`prise` is near `price`; `zzz` is near nothing."""
    assert nearest("prise", ["price", "quality"]) == "did you mean price?"
    assert nearest("zzz", ["price", "quality"]) == "known here: price, quality"
    assert nearest("zzz", []) == "nothing is known here"
    assert near("zzz", ["price"]) == ""


def test_paths_are_written_with_dots() -> None:
    """List positions are steps like any other."""
    assert dotted(("interventions", 0, "from")) == "interventions.0.from"
