"""One step of the chain: an SQL file that adds columns to the one before and says which article it follows."""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pipelines.paths import SQL

FOLDER = SQL / "assessment"
_LABEL = re.compile(r"-- ([a-z][a-z0-9_]*): (.+)")
_PARAMETER = re.compile(r"\b[pt]_([a-z0-9_]+)\(")


@dataclass(frozen=True)
class Step:
    """A file of `sql/assessment/<chain>/`: title, article, the columns that it adds with their Japanese labels."""

    chain: str
    name: str
    title: str
    article: str
    labels: dict[str, str]
    select: str

    @property
    def parameters(self) -> tuple[str, ...]:
        """Names of the parameters whose macros the SELECT calls, in the order of the text; with those of its macros."""
        called = _PARAMETER.findall(self.select + _called_macros(self.select))
        return tuple(dict.fromkeys(re.sub(r"_(numerator|denominator)$", "", name) for name in called))


def read_step(path: Path) -> Step:
    """The step in the file; ValueError when its header does not give title and article."""
    comments, select = _split(path.read_text(encoding="utf-8"))
    if len(comments) < 2 or not comments[1].startswith("-- 条文: "):
        raise ValueError(f"{path.name}: 見出しと条文がありません。")
    labels = {match[1]: match[2] for line in comments[2:] if (match := _LABEL.fullmatch(line))}
    title, article = comments[0].removeprefix("-- "), comments[1].removeprefix("-- 条文: ")
    return Step(path.parent.name, path.stem, title, article, labels, select)


@cache
def steps(chain: str) -> tuple[Step, ...]:
    """The steps of `relatives`, `income` or `levy`, in the order of their numbers."""
    return tuple(read_step(path) for path in sorted((FOLDER / chain).glob("*.sql")))


@cache
def macros() -> tuple[str, ...]:
    """The statements that make the rounding and age macros."""
    return tuple(_split(path.read_text(encoding="utf-8"))[1] for path in sorted((FOLDER / "macros").glob("*.sql")))


@cache
def statement(folder: str, name: str) -> str:
    """The SELECT of `sql/assessment/<folder>/<name>.sql`, without its header."""
    return _split((FOLDER / folder / f"{name}.sql").read_text(encoding="utf-8"))[1]


def source(name: str) -> str:
    """The SELECT that gives the chain its people (`tax_base`) or relatives (`no_relative`)."""
    return statement("source", name)


def _split(text: str) -> tuple[list[str], str]:
    """The comment lines at the top, and the statement without its semicolon."""
    lines = text.splitlines()
    first = next(number for number, line in enumerate(lines) if not line.startswith("--"))
    return lines[:first], "\n".join(lines[first:]).strip().removesuffix(";")


def _called_macros(select: str) -> str:
    """The bodies of our own macros that the SELECT calls."""
    named = {match[1]: body for body in macros() if (match := re.search(r"TEMP MACRO (\w+)\(", body))}
    return " ".join(body for name, body in named.items() if re.search(rf"\b{name}\(", select))
