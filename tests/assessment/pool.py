"""A pool of generated people on which one changed rule or value is tried: does any figure move?"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

import duckdb
from our_calculator import fill_pool

from pipelines.assessment import case_rows
from pipelines.assessment.chain import CHAINS, chain_sql
from pipelines.assessment.figures import EXEMPT, INSTALMENTS, PENSION_INSTALMENTS, YEN
from pipelines.assessment.step import Step, steps
from pipelines.assessment.step import macros as rounding_macros
from pipelines.city import load_city
from pipelines.parameters import Municipality, ParameterSet, load_parameters

_MACRO = re.compile(r"MACRO (\w+)\(")
PEOPLE = 2_000  # of each half
FIGURES = (*YEN, *EXEMPT, *INSTALMENTS, *PENSION_INSTALMENTS)
# Between them: the years in which the law differs, a designated city and not, grades 1 and 2, a rate that leaves fractions of a yen, and a
# municipality (None) whose ordinance exempts more people from the per-capita levy than the forest tax's national standard.
SETTINGS = ((2026, "142140"), (2025, "142140"), (2026, "041009"), (2026, None), (2024, "142140"))


def city_parameters(fiscal_year: int, code: str | None) -> ParameterSet:
    """The parameters of a shipped city, or of the municipality with an exemption of its own."""
    generous = Municipality(exemption_grade=2, exemption_base_yen=320_000, exemption_addition_yen=190_000)
    return load_parameters(fiscal_year, generous if code is None else load_city(code))


@dataclass
class Pool:
    """People of both years; `figures` is a digest of everyone's figures, equal only when every figure is equal."""

    connections: dict[int, duckdb.DuckDBPyConnection] = field(default_factory=dict)
    unchanged: dict[tuple[int, str | None], str] = field(default_factory=dict)
    installed: dict[int, dict[str, str]] = field(default_factory=dict)

    def figures(self, setting: tuple[int, str | None], changed: ParameterSet, chains: dict[str, Sequence[Step]],
                macros: Sequence[str] = ()) -> str:  # fmt: skip
        """The digest under these parameters and steps; `macros` are statements that replace rounding macros."""
        con = self._connection(setting[0])
        self._install(setting[0], [*changed.macros_sql(), *rounding_macros(), *macros])
        parts = ", ".join(f"{name}::VARCHAR" for name in FIGURES)
        digest = f"bit_xor(hash(taxpayer_no, {parts}))::VARCHAR"
        row = con.execute(chain_sql(chains, case_rows.PERSONS, case_rows.RELATIVES, [digest])).fetchone()
        assert row is not None
        return str(row[0])

    def unchanged_figures(self, setting: tuple[int, str | None]) -> str:
        """The digest under the law as it is."""
        if setting not in self.unchanged:
            self.unchanged[setting] = self.figures(setting, city_parameters(*setting), all_steps())
        return self.unchanged[setting]

    def _install(self, fiscal_year: int, statements: Sequence[str]) -> None:
        """Make the macros that are not there already."""
        installed = self.installed.setdefault(fiscal_year, {})
        wanted = {_MACRO.findall(statement)[0]: statement for statement in statements}
        for name, statement in wanted.items():
            if installed.get(name) != statement:
                self.connections[fiscal_year].execute(statement)
                installed[name] = statement

    def _connection(self, fiscal_year: int) -> duckdb.DuckDBPyConnection:
        if fiscal_year not in self.connections:
            con = duckdb.connect()
            fill_pool(con, PEOPLE, fiscal_year)
            self.connections[fiscal_year] = con
        return self.connections[fiscal_year]


def all_steps() -> dict[str, Sequence[Step]]:
    """The steps of every chain as they are."""
    return {chain: steps(chain) for chain in CHAINS}
