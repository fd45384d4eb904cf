"""Every place in our SQL and parameters where a slip of the hand is possible, and what the slip would write there."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import pairwise

from pipelines.assessment.chain import CHAINS
from pipelines.assessment.step import macros, steps
from pipelines.parameters import ParameterSet, Table
from pipelines.parameters.model import Row

_TOKEN = re.compile(r"'[^']*'|[A-Za-z_]\w*|\d+|<=|>=|<>|::|//|\S")
_MACRO = re.compile(r"CREATE OR REPLACE TEMP MACRO (\w+)\(.*?\)\s+AS\s", re.S)
SWAPPED = {"<=": "<", "<": "<=", ">": ">=", ">=": ">", "=": "<>", "<>": "=", "+": "-", "-": "+", "AND": "OR", "OR": "AND",
           "least": "greatest", "greatest": "least", "0": "1", "1": "0", "TRUE": "FALSE", "FALSE": "TRUE"}  # fmt: skip
_ENDS = ("AND", "OR", "THEN", "AS", "WHEN", "ELSE", "END", ",", "FROM", "LEFT")
AROUND = 4  # tokens shown on either side of a slip


@dataclass(frozen=True)
class Token:
    """A word, number or sign of the SQL and where it stands."""

    text: str
    first: int
    after: int


@dataclass(frozen=True)
class Slip:
    """A step or macro (`place`) with one slip: `key` says which, `text` is all of it with the slip."""

    place: str
    key: str
    text: str


def tokens(text: str) -> list[Token]:
    """The SQL as tokens."""
    return [Token(match[0], match.start(), match.end()) for match in _TOKEN.finditer(text)]


Edit = tuple[int, int, str]  # the tokens from the first to before the second are replaced by the text


def _signs(found: Sequence[Token], names: set[str]) -> Iterator[Edit]:
    """One sign for its neighbour; a column or parameter for its sibling of the other level of government."""
    for number, token in enumerate(found):
        index = number > 0 and found[number - 1].text == "["
        if token.text in SWAPPED and not index and not (token.text == "AND" and _in_between(found, number)):
            yield number, number + 1, SWAPPED[token.text]
        sibling = _sibling(token.text)
        if sibling != token.text and sibling in names and found[number - 1].text != "AS":
            yield number, number + 1, sibling
        if token.text == "NOT" and found[number - 1].text != "IS":
            yield number, number + 1, ""


def _sibling(name: str) -> str:
    mark = "\0"
    return name.replace("city", mark).replace("prefecture", "city").replace(mark, "prefecture")


def _values(found: Sequence[Token]) -> Iterator[Edit]:
    """A parameter or a table's argument one more than it is; a column that is only given another name left out."""
    for number, token in enumerate(found):
        if token.text.startswith("p_"):
            yield number, number + 3, f"({token.text}() + 1)"
        if token.text.startswith("t_"):
            yield number, number + 2, f"{token.text}(1 + "
        alone = 0 < number < len(found) - 1 and found[number - 1].text == "," and found[number + 1].text == "AS"
        if alone and token.text.endswith("_yen"):
            yield number, number + 1, "0"


def _left_out(found: Sequence[Token]) -> Iterator[Edit]:
    """`AND …`, `OR …`, `+ …` and `- …` left out."""
    for number, token in enumerate(found):
        if token.text in ("AND", "OR", "+", "-") and number + 1 < len(found):
            after = _end(found, number + 1, token.text)
            unary = token.text == "-" and found[number - 1].text in ("(", ",", "THEN", "ELSE")
            if not unary and not _in_between(found, number):
                yield number, after, ""


def _end(found: Sequence[Token], first: int, joined: str) -> int:
    """The token after the operand that begins at `first`."""
    ends = _ENDS if joined in ("AND", "OR") else (*_ENDS, "+", "-", "<", ">", "<=", ">=", "=", "<>")
    depth = cases = 0
    for number in range(first, len(found)):
        text = found[number].text
        if depth == 0 and (text in (")", "]") or (cases == 0 and number > first and text in ends)):
            return number
        depth += (text in "([") - (text in ")]")
        cases += (text == "CASE") - (text == "END")
    return len(found)


def _branches(found: Sequence[Token]) -> Iterator[Edit]:
    """The results of two neighbouring branches of a CASE exchanged."""
    for number, token in enumerate(found):
        if token.text != "CASE":
            continue
        for (first, after), (second, end) in pairwise(_results(found, number)):
            yield first, end, " ".join(_words([*found[second:end], *found[after:second], *found[first:after]]))


def _results(found: Sequence[Token], case: int) -> list[tuple[int, int]]:
    """The first token and the end of each result of the CASE."""
    bounds: list[tuple[int, int]] = []
    depth, begun = 0, 0
    for number in range(case, len(found)):
        text = found[number].text
        if depth == 1 and begun and text in ("WHEN", "ELSE", "END"):
            bounds.append((begun, number))
            begun = 0
        depth += (text in ("CASE", "(", "[")) - (text in ("END", ")", "]"))
        if depth == 0:
            break
        if depth == 1 and text in ("THEN", "ELSE"):
            begun = number + 1
    return bounds


def _words(found: Sequence[Token]) -> list[str]:
    return [one.text for one in found]


def _in_between(found: Sequence[Token], number: int) -> bool:
    """Whether the AND is that of a BETWEEN."""
    return "BETWEEN" in _words(found[max(number - 5, 0) : number])


def _slips_of(place: str, text: str, names: set[str]) -> Iterator[Slip]:
    head = _MACRO.match(text)
    start = head.end() if head else 0
    found = [replace(one, first=one.first + start, after=one.after + start) for one in tokens(text[start:])]
    edits = [*_signs(found, names), *_values(found), *_left_out(found), *_branches(found)]
    keys = Counter[str]()
    for first, after, slip in edits:
        said, slip_said = _shown(_words(found[first:after])), _shown(_words(tokens(slip)))
        before = " ".join(_words(found[max(first - AROUND, 0) : first]))
        behind = " ".join(_words(found[after : after + AROUND]))
        key = f"{place}: {before} [{said} → {slip_said or '∅'}] {behind}"
        keys[key] += 1
        again = f" ({keys[key]})" if keys[key] > 1 else ""
        changed = text[: found[first].first] + slip + " " + text[found[after - 1].after :]
        yield Slip(place, key + again, changed)


def _shown(words: list[str]) -> str:
    """The words, of many the first and the last."""
    return " ".join(words if len(words) <= 2 * AROUND else (*words[:AROUND], "…", *words[-AROUND:]))


def sql_slips(parameter_names: Sequence[str]) -> list[Slip]:
    """Every slip in a step of a chain or in a macro, by the order of the chains; a macro's place is `macros/<name>`."""
    names = {label for chain in CHAINS for step in steps(chain) for label in step.labels} | set(parameter_names)
    found = [
        slip
        for chain in CHAINS
        for step in steps(chain)
        for slip in _slips_of(f"{chain}/{step.name}", step.select, names)
    ]
    for text in macros():
        found += _slips_of(f"macros/{_MACRO.findall(text)[0]}", text, names)
    return found


@dataclass(frozen=True)
class ParameterSlip:
    """A parameter with one number one more or one less."""

    key: str
    name: str
    value: int | Fraction | Table


def parameter_slips(parameters: ParameterSet, names: Sequence[str]) -> list[ParameterSlip]:
    """Every number of these parameters one more and one less; of a table every bound, result and offset."""
    found: list[ParameterSlip] = []
    for name in names:
        value = parameters.values[name]
        if isinstance(value, Table):
            found += [ParameterSlip(f"parameters/{name}: {key}", name, replace(value, rows=rows))
                      for key, rows in _rows_changed(value.rows)]  # fmt: skip
        elif parameters.sources[name].unit in ("rounding", "choice"):
            found.append(ParameterSlip(f"parameters/{name}: [{value} → {1 - value}]", name, 1 - value))
        elif isinstance(value, Fraction):
            for by in (1, -1):
                over = Fraction(value.numerator + by, value.denominator)
                found.append(ParameterSlip(f"parameters/{name}: [{value} → {over}]", name, over))
        else:
            found += [ParameterSlip(f"parameters/{name}: [{value} → {value + by}]", name, value + by) for by in (1, -1)]
    return found


def _rows_changed(rows: tuple[Row, ...]) -> Iterator[tuple[str, tuple[Row, ...]]]:
    """The table with one number of it changed by one, and which."""
    for number, row in enumerate(rows):
        for field in ("below", "up_to", "value", "offset_yen"):
            amount = getattr(row, field)
            for by in (1, -1):
                if amount is not None:
                    changed = row.model_copy(update={field: amount + by})
                    yield f"行{number + 1} {field} [{amount} → {amount + by}]", _with(rows, number, changed)
        for key, inner in _rows_changed(row.rows or ()):
            yield f"行{number + 1} {key}", _with(rows, number, row.model_copy(update={"rows": inner}))


def _with(rows: tuple[Row, ...], number: int, row: Row) -> tuple[Row, ...]:
    return (*rows[:number], row, *rows[number + 1 :])
