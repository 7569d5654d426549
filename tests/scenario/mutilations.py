"""A sound scenario file, and everything that can be done to it.

``REFUSED`` are files that can mean nothing, ``HARMLESS`` those that mean the same as the sound one;
``VALUES`` (and ``FURTHER_VALUES``) are put in the place of every value in turn, where some of them
are sound.
"""

import itertools
from collections.abc import Iterator
from typing import Any

SOUND = """\
title: Café "Zur Post", второй день
setting: subscription
warm_up: 1
horizon: 2
seed: 7
discount_rate: 0.01
population:
  size: 24
  entry: {closure: poisson, per_month: 2, on_arrival: {customer_of: acme}}
  network: {kind: random, neighbours: 4, weak: {neighbours: 2, met_anew: true}}
customers:
  needs: {distribution: gamma, shape: 1, mean: 1.5}
  basket: 2
  season: [1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1]
groups:
  heavy: {share: 0.2, customers: {basket: 3}}
start:
  customers: {acme: 0.4, bolt: 0.3}
  salience: 0.25
mechanisms:
  forgetting: {salience: 0.06}
  trust: off
instruments:
  save: {ceiling: 0.3}
firms:
  acme:
    price: 20
    quality: 0.8
    policy:
      budget: {per_head: 0.5}
      split: {advertising: 0.5, service: 0.5}
      targets: {advertising: heavy}
  bolt:
    price: 19.5
    reaction: {kind: match, lag: 1, fraction: 0.5}
switching_costs: {acme: {bolt: 1.5}}
interventions:
  - {from: 1, firm: acme, shift: {price: -1}, why: sale}
policies:
  as_today: {}
  keep: {firms.acme.policy.split: {service: 1}}
compare: {focal: acme, runs: 3}
record: {customers_at: [0], transactions: true}
"""


def with_line(old: str, new: str) -> bytes:
    """The sound file with one line exchanged."""
    assert SOUND.count(old) == 1, old
    return SOUND.replace(old, new).encode()


def with_more(lines: str) -> bytes:
    """The sound file with more at its end."""
    return (SOUND + lines).encode()


def firms(count: int) -> bytes:
    """Nothing but so many firms."""
    return b"firms: {" + b", ".join(b"f%d: {}" % number for number in range(count)) + b"}"


def bomb() -> str:
    """Nine lists of nine of the one before: a billion laughs."""
    lines = ["b0: &b0 [ha, ha, ha, ha, ha, ha, ha, ha, ha]"]
    lines += [f"b{n}: &b{n} [{', '.join([f'*b{n - 1}'] * 9)}]" for n in range(1, 10)]
    return "\n".join(lines) + "\n"


HARMLESS: dict[str, bytes] = {
    "as it is": SOUND.encode(),
    "byte order mark": b"\xef\xbb\xbf" + SOUND.encode(),
    "windows line ends": SOUND.replace("\n", "\r\n").encode(),
    "no line end at the end": SOUND.rstrip("\n").encode(),
    "empty lines": SOUND.replace("\n", "\n\n").encode(),
    "comments": ("# \u202e comment\n" + SOUND.replace("\n", " # \u263a\n")).encode(),
    "a document start": b"---\n" + SOUND.encode(),
    "a document end": with_more("...\n"),
    "a version": b"%YAML 1.2\n---\n" + SOUND.encode(),
    "blanks at the ends of lines": SOUND.replace("\n", "   \n").encode(),
    "quoted keys": SOUND.replace("price:", '"price":').encode(),
    "underscores in numbers": with_line("size: 24", "size: 2_4"),
    "hexadecimal": with_line("size: 24", "size: 0x18"),
    "exponent": with_line("price: 20", "price: 2e1"),
    "a plus sign": with_line("price: 20", "price: +20"),
    "zeros in front": with_line("price: 20", "price: 0020"),
    "a longer way of writing": with_line("quality: 0.8", "quality: 0.80000000000000000"),
    "a tag of YAML written as nothing": with_line("trust: off", 'trust: "off"'),
    "a rounding": with_line("service: 0.5}", "service: 0.50000000000000001}"),
}
"""Name → file with the same meaning as the sound one."""

CUT = {
    f"cut after {n} of 20": SOUND.encode()[: len(SOUND.encode()) * n // 20] for n in range(1, 20)
}
"""The file cut off: what is left may be a scenario by itself, or none."""

NETWORK = "{kind: random, neighbours: 4, weak: {neighbours: 2, met_anew: true}}"
REFUSED: dict[str, bytes] = {
    "empty": b"",
    "blanks": b"   \n \n",
    "comments alone": b"# nothing\n",
    "a newline": b"\n",
    "NUL bytes": b"\0" * 100,
    "a NUL in a key": SOUND.replace("seed", "se\0ed").encode(),
    "a NUL in a text": with_line("why: sale", "why: sa\0le"),
    "a NUL at the end": with_more("\0"),
    "random bytes": bytes(range(256)) * 4,
    "a picture": b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(50),
    "an archive": b"PK\x03\x04" + bytes(60),
    "a program": b"\x7fELF\x02\x01\x01" + bytes(60),
    "a PDF": b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<< /Type >>\n",
    "UTF-16": SOUND.encode("utf-16"),
    "UTF-16 without a mark": SOUND.encode("utf-16-le"),
    "UTF-16, big end first": SOUND.encode("utf-16-be"),
    "UTF-32": SOUND.encode("utf-32"),
    "Latin-1": SOUND.replace("второй день", "demain").encode("latin-1"),
    "Windows-1251": SOUND.replace("Café", "Кафе").encode("cp1251"),
    "Shift-JIS": SOUND.replace("Café", "喫茶").replace("второй день", "").encode("shift-jis"),
    "EBCDIC": "firms: {acme: {}}".encode("cp500"),
    "a surrogate": SOUND.encode().replace(b"sale", b"\xed\xa0\x80"),
    "half a letter": SOUND.encode().replace("é".encode(), b"\xc3"),
    "an overlong slash": SOUND.encode().replace(b"sale", b"\xc0\xaf"),
    "an escape": with_line("why: sale", "why: \x1b[31mred"),
    "an escaped escape": with_line("why: sale", 'why: "\\e[31mred"'),
    "a backspace": with_line("why: sale", "why: sa\ble"),
    "delete": with_line("why: sale", "why: sa\x7fle"),
    "a byte order mark amid": with_line("horizon: 2", "hor\ufeffizon: 2"),
    "a blank of no width": with_line("horizon: 2", "hor\u200bizon: 2"),
    "right to left": with_line("horizon: 2", "\u202ehorizon: 2"),
    "Cyrillic letters that look Latin": with_line("horizon: 2", "h\u043erizon: 2"),
    "wide letters": with_line("horizon: 2", "ｈｏｒｉｚｏｎ: 2"),
    "emoji as a key": with_line("horizon: 2", "🐻: 2"),
    "emoji as a firm": SOUND.replace("bolt", "🐻").encode(),
    "Cyrillic firm": SOUND.replace("bolt", "болт").encode(),
    "Arabic digits": with_line("horizon: 2", "horizon: ٢"),
    "a decimal comma": with_line("price: 19.5", "price: 19,5"),
    "a currency": with_line("price: 19.5", "price: 19.5 EUR"),
    "a share in per cent": with_line("quality: 0.8", "quality: 80 %"),
    "a minus of typography": with_line("price: -1}", "price: \u22121}"),
    "a blank in a number": with_line("price: 20", "price: 2 0"),
    "two dots": with_line("price: 19.5", "price: 19.5.1"),
    "a date": with_line("warm_up: 1", "warm_up: 2026-01-01"),
    "a time": with_line("warm_up: 1", "warm_up: 1:30"),
    "yes for true": with_line("transactions: true", "transactions: yes"),
    "one for true": with_line("transactions: true", "transactions: 1"),
    "no for off": with_line("trust: off", "trust: no"),
    "false for off": with_line("trust: off", "trust: false"),
    "words": b"a market of two firms",
    "a list": b"- firms\n- acme\n",
    "a number": b"42",
    "null": b"null",
    "a document marker alone": b"---\n",
    "JSON of another thing": b'{"name": "relmarket", "version": 1}',
    "JSON cut off": b'{"firms": {"acme": {"price": 20',
    "TOML": b"[firms.acme]\nprice = 20\n",
    "INI": b"[firms]\nacme=20\n",
    "CSV": b"firm,price\nacme,20\n",
    "XML": b"<?xml version='1.0'?><firms><acme/></firms>",
    "HTML": b"<!DOCTYPE html><html><body>404</body></html>",
    "Python": b"firms = {'acme': {'price': 20}}\n",
    "a shell script": b"#!/bin/sh\nrm -rf /\n",
    "a mail": b"Subject: scenario\nTo: you\n\nfirms as discussed\n",
    "merge conflict": with_line("seed: 7", "<<<<<<< HEAD\nseed: 7\n=======\nseed: 8\n>>>>>>> x"),
    "a patch": b"--- a/market.yaml\n+++ b/market.yaml\n@@ -1 +1 @@\n-seed: 1\n+seed: 2\n",
    "missing colon": with_line("horizon: 2", "horizon 2"),
    "missing blank": with_line("horizon: 2", "horizon:2"),
    "equals sign": with_line("horizon: 2", "horizon = 2"),
    "semicolons": with_line("horizon: 2", "horizon: 2; seed: 3"),
    "two colons": with_line("horizon: 2", "horizon: 2: 3"),
    "double colon": with_line("horizon: 2", "horizon:: 2"),
    "comma for a line": with_line("warm_up: 1\n", "warm_up: 1, "),
    "missing comma": with_line("{ceiling: 0.3}", "{ceiling: 0.3 rate: 1}"),
    "missing bracket": with_line("{ceiling: 0.3}", "{ceiling: 0.3"),
    "missing square bracket": with_line("customers_at: [0]", "customers_at: [0"),
    "bracket too many": with_line("{ceiling: 0.3}", "{ceiling: 0.3}}"),
    "wrong bracket": with_line("{ceiling: 0.3}", "{ceiling: 0.3]"),
    "round brackets": with_line("{ceiling: 0.3}", "(ceiling: 0.3)"),
    "open quote": with_line("why: sale", "why: 'sale"),
    "open double quote": with_line("why: sale", 'why: "sale'),
    "typographic quotes": with_line("setting: subscription", "setting: “subscription”"),
    "unknown escape": with_line("why: sale", 'why: "\\q"'),
    "escape too large": with_line("why: sale", 'why: "\\UFFFFFFFF"'),
    "reserved at": with_line("why: sale", "why: @sale"),
    "reserved backtick": with_line("why: sale", "why: `sale`"),
    "a tab after a colon": with_line("seed: 7", "seed:\t7"),
    "a tab before a key": with_line("  size: 24", "\tsize: 24"),
    "a tab amid the blanks": with_line("  size: 24", " \tsize: 24"),
    "a blank too many": with_line("  size: 24", "   size: 24"),
    "a blank too few": with_line("    quality: 0.8", "   quality: 0.8"),
    "no indentation": SOUND.replace("    ", "").replace("  ", "").encode(),
    "key twice": with_line("seed: 7", "seed: 7\nseed: 8"),
    "same key twice": with_line("seed: 7", "seed: 7\nseed: 7"),
    "firm twice": with_more("firms:\n  cora: {}\n"),
    "key twice in braces": with_line("{ceiling: 0.3}", "{ceiling: 0.3, ceiling: 0.2}"),
    "key twice by quotes": with_line("seed: 7", "seed: 7\n'seed': 8"),
    "two documents": with_more("---\nseed: 9\n"),
    "the file twice, as documents": with_more("---\n" + SOUND),
    "the file twice": with_more(SOUND),
    "words after the end": with_more("...\nand so on\n"),
    "an anchor": with_line("basket: 2", "basket: &two 2"),
    "an alias": with_line("basket: 2", "basket: *two"),
    "anchor and alias": with_line("size: 24", "size: &n 24\n  places: *n"),
    "an alias of itself": with_more("policies2: &p {again: *p}\n"),
    "a billion laughs": with_more(bomb()),
    "a merge key": with_line("seed: 7", "<<: {seed: 7}"),
    "a merge of many": with_line("seed: 7", "<<: [{seed: 7}, {seed: 8}]"),
    "a python object": with_line("seed: 7", "seed: !!python/object:int 7"),
    "a python call": with_line("seed: 7", "seed: !!python/object/apply:os.system ['true']"),
    "a python name": with_line("seed: 7", "seed: !!python/name:os.system"),
    "a python module": with_line("seed: 7", "seed: !!python/module:os"),
    "a tag of one's own": with_line("seed: 7", "seed: !seed 7"),
    "a tag of YAML": with_line("seed: 7", "seed: !!int 7"),
    "a set": with_line("{acme: 0.4, bolt: 0.3}", "!!set {acme, bolt}"),
    "a binary": with_line("why: sale", "why: !!binary c2FsZQ=="),
    "a tag on the whole": b"!!map\n" + SOUND.encode(),
    "an older version": b"%YAML 1.1\n---\n" + SOUND.encode(),
    "a version to come": b"%YAML 9.9\n---\n" + SOUND.encode(),
    "an unknown directive": b"%TAG ! tag:x,2026:\n---\n" + with_line("seed: 7", "seed: !i 7"),
    "a complex key": with_line("seed: 7", "? [seed]\n: 7"),
    "a number as a key": with_line("seed: 7", "7: seed"),
    "null as a key": with_line("seed: 7", "null: 7"),
    "true as a key": with_line("seed: 7", "true: 7"),
    "an empty key": with_line("seed: 7", "'': 7"),
    "a block as a key": with_line("seed: 7", "? |\n  seed\n: 7"),
    "deep lists": with_line("seed: 7", "seed: " + "[" * 100_000),
    "deep lists, closed": with_line("seed: 7", "seed: " + "[" * 5000 + "]" * 5000),
    "deep maps": with_line("seed: 7", "seed: " + "{a: " * 50_000),
    "deep dashes": with_line("seed: 7", "seed:\n" + "- " * 20_000),
    "deep keys": with_line("seed: 7", "? " * 20_000),
    "a path of a thousand steps": with_line("seed: 7", ".".join(["a"] * 1000) + ": 7"),
    "a path that ends in a dot": with_line("seed: 7", "seed.: 7"),
    "a path that begins with a dot": with_line("seed: 7", ".seed: 7"),
    "a path through a number": with_line("seed: 7", "seed: 7\nseed.value: 8"),
    "a path through a list": with_more("record.customers_at.7: 1\n"),
    "a path that is not there": with_more("firms.acme.pric: 3\n"),
    "a path into nowhere": with_more("nowhere.at.all: 3\n"),
    "a path below the top": with_line("    price: 20", "    policy.budget.per_head: 1"),
    "a misspelt key": with_line("horizon: 2", "horizont: 2"),
    "a key in capitals": with_line("horizon: 2", "Horizon: 2"),
    "a key with a blank": with_line("horizon: 2", "hori zon: 2"),
    "a key of another place": with_line("horizon: 2", "horizon: 2\nprice: 3"),
    "a key of ten thousand letters": with_line("horizon: 2", "h" * 10_000 + ": 2"),
    "a line of ten million letters": with_line("why: sale", "why: " + "x" * 10_000_000),
    "a million keys": b"".join(b"k%d: 1\n" % n for n in range(200_000)),
    "ninety thousand firms": firms(90_000),
    "seventeen firms": firms(17),
    "no firms": with_line("title:", "x:").replace(SOUND[SOUND.index("firms:\n"):].encode(), b""),
    "firms of nobody": b"firms: {}",
    "a list of firms": b"firms: [acme, bolt]",
    "a firm that is a number": b"firms: {acme: 20}",
    "a firm that is nothing": b"firms: {acme: }",
    "a firm of forty-one letters": b"firms: {" + b"a" * 41 + b": {}}",
    "a firm that begins with a digit": b"firms: {7up: {}}",
    "a firm with a dot": b"firms: {'a.b': {}}",
    "a firm with a dash": b"firms: {a-b: {}}",
    "an integer of five thousand digits": with_line("seed: 7", "seed: " + "7" * 5000),
    "an integer of sixty-five bits": with_line("seed: 7", f"seed: {2**64}"),
    "a hexadecimal of five thousand digits": with_line("seed: 7", "seed: 0x" + "f" * 5000),
    "infinity": with_line("price: 20", "price: .inf"),
    "infinity by size": with_line("price: 20", "price: 1e999"),
    "not a number": with_line("price: 20", "price: .nan"),
    "infinity as a word": with_line("price: 20", "price: Infinity"),
    "nan as a word": with_line("price: 20", "price: nan"),
    "a fraction": with_line("price: 20", "price: 1/2"),
    "a sum": with_line("price: 20", "price: 10 + 10"),
    "a formula": with_line("price: 20", "price: ${PRICE}"),
    "a template": with_line("price: 20", "price: {{ price }}"),
    "an unknown firm": with_line("focal: acme", "focal: acmee"),
    "an unknown group": with_line("advertising: heavy", "advertising: heavvy"),
    "an unknown instrument": with_line("{ceiling: 0.3}", "{}\n  savee: {ceiling: 0.3}"),
    "an unknown mechanism": with_line("  trust: off", "  trusst: off"),
    "an unknown distribution": with_line("distribution: gamma", "distribution: gama"),
    "another distribution's key": with_line("{distribution: gamma, shape: 1, mean: 1.5}",
                                            "{distribution: gamma, a: 1, b: 2}"),
    "a split beyond one": with_line("service: 0.5}", "service: 0.6}"),
    "a group beyond one": with_line("share: 0.2", "share: 1.2"),
    "eleven months": with_line("season: [1, ", "season: ["),
    "more neighbours than people": SOUND.replace("poisson, per_month: 2", "replace")
    .replace("size: 24", "size: 3").encode(),
    "a month beyond the horizon": with_line("customers_at: [0]", "customers_at: [2]"),
    "an intervention beyond the horizon": with_line("{from: 1,", "{from: 5,"),
    "an intervention that ends first": with_line("{from: 1,", "{from: 1, until: 1,"),
    "an intervention of two acts": with_line("shift: {price: -1}", "shift: {price: -1}, hold: 0.1"),
    "an intervention below zero": with_line("shift: {price: -1}", "shift: {price: -100}"),
    "two yardsticks": with_line("{per_head: 0.5}", "{per_head: 0.5, amount: 3}"),
    "no yardstick": with_line("{per_head: 0.5}", "{}"),
    "extends itself": with_line("title: ", "extends: market.yaml\ntitle: "),
    "extends a folder": with_line("title: ", "extends: .\ntitle: "),
    "extends what is not there": with_line("title: ", "extends: nothing.yaml\ntitle: "),
    "extends out of the folder": with_line("title: ", "extends: ../market.yaml\ntitle: "),
    "extends by an absolute path": with_line("title: ", "extends: /etc/passwd\ntitle: "),
    "extends a device": with_line("title: ", "extends: /dev/zero\ntitle: "),
    "extends a drive": with_line("title: ", "extends: 'C:\\\\market.yaml'\ntitle: "),
    "extends an address": with_line("title: ", "extends: https://example.org/m.yaml\ntitle: "),
    "extends an unknown shipped one": with_line("title: ", "extends: sim:frist_market\ntitle: "),
    "extends a shipped path": with_line("title: ", "extends: sim:../first_market\ntitle: "),
    "extends a list": with_line("title: ", "extends: [a, b]\ntitle: "),
    "extends null": with_line("title: ", "extends: null\ntitle: "),
    "extends a NUL": with_line("title: ", 'extends: "a\\0b"\ntitle: '),
    "a network of no file": with_line(NETWORK, "{kind: edges, file: nothing.csv}"),
    "a network out of the folder": with_line(NETWORK, "{kind: edges, file: ../../etc/passwd}"),
    "a network that is itself": with_line(NETWORK, "{kind: edges, file: market.yaml}"),
    "arrivals that are itself": with_line(
        "{closure: poisson, per_month: 2, on_arrival: {customer_of: acme}}",
        "{closure: listed, file: market.yaml}"),
}  # fmt: skip
"""Name → file that can mean nothing."""

VALUES: dict[str, str] = {
    "text": "some text",
    "null": "null",
    "true": "true",
    "a list": "[1, 2]",
    "a mapping": "{a: 1}",
    "an empty mapping": "{}",
    "minus one": "-1",
    "a half": "0.5",
    "next to nothing": "5e-324",
    "huge": "1e308",
    "a huge whole number": "9" * 30,
    "not a number": ".nan",
    "off": "off",
}
"""What is put in the place of every value in turn."""

FURTHER_VALUES: dict[str, str] = {
    "nothing": "",
    "a number as text": "'3'",
    "an empty list": "[]",
    "a list of lists": "[[1]]",
    "zero": "0",
    "a whole number with a point": "3.0",
    "hugely negative": "-1e308",
    "infinity": ".inf",
    "none": "none",
    "never": "never",
    "emoji": "🐻",
    "Cyrillic": "цена",
}
"""The same, for when there is time."""


def paths(value: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """The path of every value of the data, those of mappings and lists included."""
    if path:
        yield path
    inner: Any = value.items() if isinstance(value, dict) else ()
    if isinstance(value, list):
        inner = itertools.islice(enumerate(value), 2)
    for key, child in inner:
        yield from paths(child, (*path, key))
