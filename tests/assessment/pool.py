"""A pool of generated people on which one changed rule or value is tried: does any figure move?"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

import duckdb
from branches import Parser
from our_calculator import fill_pool

from pipelines.assessment import case_rows
from pipelines.assessment.chain import CHAINS, chain_sql
from pipelines.assessment.figures import EXEMPT, HOUSE, INSTALMENTS, PENSION_INSTALMENTS, YEN
from pipelines.assessment.step import Step, steps
from pipelines.assessment.step import macros as rounding_macros
from pipelines.city import load_city
from pipelines.parameters import Municipality, ParameterSet, load_parameters

_MACRO = re.compile(r"MACRO (\w+)\(")
PARSER = Parser()
_WORD = re.compile(r"[a-z]\w*")
PEOPLE = 1_500  # of each part
FIGURES = (*YEN, *EXEMPT, *INSTALMENTS, *PENSION_INSTALMENTS, *HOUSE)
# Between them: the years in which the law differs, a designated city and not, grades 1 and 2, a rate that leaves fractions of a yen, and a
# municipality (None) whose ordinance exempts more people from the per-capita levy than the forest tax's national standard, and does not
# take the tax on other income from the wages. The first moves most people.
Setting = tuple[int, str | None]
SETTINGS: tuple[Setting, ...] = (
    (2026, "142140"),
    (2025, "142140"),
    (2026, "041009"),
    (2026, None),
    (2024, "142140"),
    (2024, None),
)
Chains = Mapping[str, Sequence[Step]]
WINDOWS = (1, 8, None)  # steps run together until a figure moves: most slips show at once


@cache
def city_parameters(fiscal_year: int, code: str | None) -> ParameterSet:
    """The parameters of a shipped city, or of the municipality with an exemption of its own."""
    generous = Municipality(exemption_grade=2, exemption_base_yen=320_000, exemption_addition_yen=190_000,
                            non_employment_by_employment=False, ordinary_split_unit_yen=1_000)  # fmt: skip
    return load_parameters(fiscal_year, generous if code is None else load_city(code))


@dataclass
class Pool:
    """People of each year; `figures` is a digest of everyone's figures, equal only when every figure is equal."""

    connections: dict[int, duckdb.DuckDBPyConnection] = field(default_factory=dict)
    unchanged: dict[Setting, str] = field(default_factory=dict)
    installed: dict[int, dict[str, str]] = field(default_factory=dict)
    computed: set[Setting] = field(default_factory=set)

    def figures(self, setting: Setting, changed: ParameterSet, chains: Chains, macros: Sequence[str] = ()) -> str:
        """The digest under these parameters and steps; `macros` are statements that replace rounding macros."""
        con = self.connection(setting[0])
        self._install(setting[0], [*changed.macros_sql(), *rounding_macros(), *macros])
        digest = f"bit_xor({_hash(FIGURES)})::VARCHAR"
        row = con.execute(chain_sql(chains, case_rows.PERSONS, case_rows.RELATIVES, [digest])).fetchone()
        assert row is not None
        return str(row[0])

    def unchanged_figures(self, setting: Setting) -> str:
        """The digest under the law as it is."""
        if setting not in self.unchanged:
            self.unchanged[setting] = self.figures(setting, city_parameters(*setting), all_steps())
        return self.unchanged[setting]

    def moves(
        self,
        setting: Setting,
        *,
        parameters: ParameterSet | None = None,
        chains: Chains | None = None,
        macros: Sequence[str] = (),
    ) -> bool:
        """Whether somebody's figures are others than under the law as it is. Faster than `figures` for a late step:
        what the steps before the first changed one say is computed once, and the changed step is tried alone first.

        A change of relatives and incomes is tried on the people themselves; their spouses' incomes are left as they are.
        """
        known = city_parameters(*setting)
        installed = {_name(text): text for text in (*known.macros_sql(), *rounding_macros())}
        wanted = [*(parameters or known).macros_sql(), *rounding_macros(), *macros]
        others = {name for text in wanted if installed.get(name := _name(text)) != text}
        trial = chains or all_steps()
        start = _first_changed(trial, others | _calling(others))
        if start is None:
            return False
        if start[0] == "household":
            changed = self.figures(setting, parameters or known, trial, macros)
            return changed != self.unchanged_figures(setting)
        table = self.everyone(setting)
        con = self.connection(setting[0])
        self._install(setting[0], wanted)
        for count in WINDOWS:
            later = _later(trial, start)
            now = later[:count]
            moved, same = con.execute(_compared(trial["relatives"], now, later, table)).fetchone() or (0, False)
            if moved:
                return True
            if same and count == 1 and start[0] != "relatives" and not others:
                return False
        return False

    def everyone(self, setting: Setting) -> str:
        """The table of everyone's columns under the law as it is, on the connection of the year."""
        table = f"computed_{setting[1] or 'generous'}"
        if setting not in self.computed:
            con = self.connection(setting[0])
            self._install(setting[0], [*city_parameters(*setting).macros_sql(), *rounding_macros()])
            select = chain_sql(all_steps(), case_rows.PERSONS, case_rows.RELATIVES, ["*"])
            con.execute(f"CREATE TEMP TABLE {table} AS {select}")
            self.computed.add(setting)
        return table

    def _install(self, fiscal_year: int, statements: Sequence[str]) -> None:
        """Make the macros that are not there already."""
        self.connection(fiscal_year)
        installed = self.installed.setdefault(fiscal_year, {})
        wanted = {_name(statement): statement for statement in statements}
        for name, statement in wanted.items():
            if installed.get(name) != statement:
                self.connections[fiscal_year].execute(statement)
                installed[name] = statement

    def connection(self, fiscal_year: int) -> duckdb.DuckDBPyConnection:
        """Where the people of the year are."""
        if fiscal_year not in self.connections:
            con = duckdb.connect()
            con.execute("SET threads = 1")
            fill_pool(con, PEOPLE, fiscal_year)
            self.connections[fiscal_year] = con
        return self.connections[fiscal_year]


def all_steps() -> dict[str, Sequence[Step]]:
    """The steps of every chain as they are."""
    return {chain: steps(chain) for chain in CHAINS}


def _name(macro: str) -> str:
    return str(_MACRO.findall(macro)[0])


def _calling(names: set[str]) -> set[str]:
    """The rounding macros that call one of these, or one that does."""
    found: set[str] = set()
    while more := {_name(text) for text in rounding_macros() if (names | found) & set(_WORD.findall(text))} - found:
        found |= more
    return found if names else set()


def _first_changed(chains: Chains, macros: set[str]) -> tuple[str, int] | None:
    """The chain and number of the first step that differs or calls one of the macros."""
    for chain in CHAINS:
        for number, (step, as_it_is) in enumerate(zip(chains[chain], steps(chain), strict=True)):
            if step.select != as_it_is.select or macros & set(_WORD.findall(step.select)):
                return chain, number
    return None


def _later(chains: Chains, start: tuple[str, int]) -> list[Step]:
    """The steps from this one on."""
    chain, number = ("income", 0) if start[0] == "relatives" else start
    return [*chains[chain][number:], *(chains["levy"] if chain == "income" else ())]


def _compared(relatives: Sequence[Step], now: Sequence[Step], later: Sequence[Step], table: str) -> str:
    """How many people have other figures, and whether nobody has another column, when the steps `now` are these; the
    table has what they and all `later` ones say under the law as it is."""
    added = [name for step in later for name in _added(step.select)]
    own = [name for step in now for name in _added(step.select)]
    figures = [name for name in own if name in FIGURES]
    before = f"SELECT * EXCLUDE ({', '.join(added)}), {_hash(figures)} AS hash_of_figures, {_hash(own)} AS hash_of_all FROM {table}"
    nothing: dict[str, Sequence[Step]] = {chain: () for chain in CHAINS}
    select = chain_sql(nothing | {"relatives": relatives, "levy": now}, before, case_rows.RELATIVES, ["*"])
    return f"SELECT count_if({_hash(figures)} <> hash_of_figures), count_if({_hash(own)} <> hash_of_all) = 0 FROM ({select})"


@cache
def _added(select: str) -> tuple[str, ...]:
    """The names of the columns that the step adds."""
    return tuple(output["alias"] for output in PARSER.outputs(select) if output["class"] != "STAR")


def _hash(columns: Sequence[str]) -> str:
    return f"hash({', '.join(('taxpayer_no', *(f'{name}::VARCHAR' for name in columns)))})"
