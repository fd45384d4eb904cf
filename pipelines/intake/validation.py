"""A landed file against its suite: one scan in SQL and Great Expectations must say the same of every rule."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pyarrow as pa

from pipelines.calendar import ERAS, WAGE_REPORT_ERA_CODES, FiscalYear
from pipelines.errors import DataError
from pipelines.intake import expectations, rules
from pipelines.intake.landing import Landed, Unreadable
from pipelines.intake.lines import Undecodable
from pipelines.intake.sources import Source
from pipelines.intake.suite import Suite
from pipelines.layout import Layout, source_layouts

if TYPE_CHECKING:
    import duckdb
    import pandas as pd

    from pipelines.city import City


@dataclass(frozen=True)
class Verdict:
    """What the suite says of a file: whether it is refused, why, and how many records break each rule."""

    refused: bool
    reason: str
    broken: dict[str, int]


def open_batch(
    con: "duckdb.DuckDBPyConnection",
    source: Source,
    city: "City",
    fiscal_year: int,
    file_no: int,
    landed: Landed,
    key: str,
) -> None:
    """Make the TEMP tables `batch` (one row), `era`, `layout_item`, `landed` and `record` of one file."""
    year = FiscalYear(fiscal_year)
    layouts = source_layouts(source.name)
    _register(con, "batch", _batch_row(source, city, year, file_no, layouts))
    _register(con, "era", _eras())
    _register(con, "layout_item", _layout_items(layouts))
    parts = [str(path) for path in landed.record_parts]
    con.execute(
        "CREATE OR REPLACE TEMP TABLE landed AS FROM read_parquet(?, encryption_config = {footer_key_value: ?})",
        [parts, key],
    )
    con.execute(f"CREATE OR REPLACE TEMP TABLE record AS {source.sql('record')}")


def _batch_row(source: Source, city: "City", year: FiscalYear, file_no: int, layouts: Mapping[int, Layout]) -> pa.Table:
    codes = [city.code, *(ward.code for ward in city.wards)]
    fitting = [layout.edition for layout in layouts.values() if _covers(layout, year.income_year)]
    # Item 11 年分 and the like carry the year of the era in which the income year ended.
    era = next(era for era in ERAS if era.last_on >= year.assessment_day)
    return pa.table(
        {
            "source": [source.name],
            "recipient": pa.array([source.recipient], pa.string()),
            "file_no": pa.array([file_no], pa.int64()),
            "fiscal_year": pa.array([year.year], pa.int32()),
            "income_year": pa.array([year.income_year], pa.int32()),
            "era_year": pa.array([year.income_year - era.year_before], pa.int32()),
            "assessment_on": [year.assessment_day],
            "city_codes": [codes + [code[:5] for code in codes]],
            "editions": [fitting],
        }
    )


def _covers(layout: Layout, income_year: int) -> bool:
    if layout.income_years is None:
        return True
    first, last = layout.income_years
    return first <= income_year and (last is None or income_year <= last)


def _eras() -> pa.Table:
    by_name = {era.name: era for era in ERAS}
    eras = [(code, by_name[name]) for code, name in WAGE_REPORT_ERA_CODES.items()]
    return pa.table(
        {
            "code": [code for code, _ in eras],
            "name": [era.name for _, era in eras],
            "first_on": [era.first_on for _, era in eras],
            "last_on": [era.last_on for _, era in eras],
            "year_before": pa.array([era.year_before for _, era in eras], pa.int32()),
        }
    )


def _layout_items(layouts: Mapping[int, Layout]) -> pa.Table:
    items = [(layout.edition, item) for layout in layouts.values() for item in layout.items]
    return pa.table(
        {
            "edition": [edition for edition, _ in items],
            "no": pa.array([item.no for _, item in items], pa.int32()),
            "name": [item.name for _, item in items],
            "ja": [item.ja for _, item in items],
        }
    )


def _register(con: "duckdb.DuckDBPyConnection", name: str, table: pa.Table) -> None:
    con.register("incoming", table)
    con.execute(f"CREATE OR REPLACE TEMP TABLE {name} AS FROM incoming")
    con.unregister("incoming")


def check(con: "duckdb.DuckDBPyConnection", source: Source, suite: Suite, landed: Landed) -> Verdict:
    """Make the TEMP tables `checked` and `exception`; the verdict on the file."""
    con.execute(f"CREATE OR REPLACE TEMP TABLE checked AS {rules.checked_select(suite, source.sql('facts'))}")
    broken = _broken_in_sql(con, suite)
    _agree(suite, broken, expectations.broken_counts(suite, frame(con, suite)), source)
    con.execute(
        "CREATE OR REPLACE TEMP TABLE exception (record_no BIGINT, rule VARCHAR, severity VARCHAR, item_no INTEGER, "
        "message VARCHAR, amount_yen BIGINT)"
    )
    _register(con, "unreadable", _unreadable_rows(suite, landed.unreadable))
    con.execute("INSERT INTO exception BY NAME FROM unreadable")
    for rule in suite.rules:
        if broken[rule.id]:
            select, params = rules.exception_select(rule)
            con.execute(f"INSERT INTO exception BY NAME {select}", params)
    return _verdict(con, suite, landed, broken)


def frame(con: "duckdb.DuckDBPyConnection", suite: Suite, *extra: str) -> "pd.DataFrame":
    """The narrow pandas frame of the suite's columns, in the order of the records."""
    columns = ", ".join([*extra, *expectations.frame_columns(suite)])
    return con.execute(f"SELECT {columns} FROM checked ORDER BY record_no").df()


def _broken_in_sql(con: "duckdb.DuckDBPyConnection", suite: Suite) -> dict[str, int]:
    counts = ", ".join(f"count(*) FILTER (NOT keeps_{rule.id})" for rule in suite.rules)
    row = con.execute(f"SELECT {counts} FROM checked").fetchone()
    assert row is not None
    return dict(zip((rule.id for rule in suite.rules), row, strict=True))


def _agree(suite: Suite, in_sql: dict[str, int], in_gx: dict[str, int], source: Source) -> None:
    differing = [rule.id for rule in suite.rules if in_sql[rule.id] != in_gx[rule.id]]
    if differing:
        raise DataError(
            "検査の結果が2つの方法（SQLとGreat Expectations）で一致しません",
            file=f"{source.name}/suite.yaml",
            item="・".join(differing),
            expected="規則ごとに同じ件数",
            action="取込みを中止しました。規則の定義を直してください",
        )


def _unreadable_rows(suite: Suite, unreadable: list[Unreadable]) -> pa.Table:
    rules_of, messages = [], []
    for record in unreadable:
        if isinstance(record, Undecodable):
            rule, wording, found = "undecodable", suite.unreadable["undecodable"], f"{record.byte_no}バイト目"
        else:
            rule, wording, found = "item_count", suite.unreadable["item_count"], f"{record.found_items}項目"
        rules_of.append(rule)
        messages.append(f"{wording.what} ／ 内容: {found}{wording.after_items()}")
    return pa.table(
        {
            "record_no": pa.array([record.record_no for record in unreadable], pa.int64()),
            "rule": pa.array(rules_of, pa.string()),
            "severity": pa.array(["critical"] * len(unreadable), pa.string()),
            "item_no": pa.nulls(len(unreadable), pa.int32()),
            "message": pa.array(messages, pa.string()),
            "amount_yen": pa.array([0] * len(unreadable), pa.int64()),
        }
    )


def _verdict(con: "duckdb.DuckDBPyConnection", suite: Suite, landed: Landed, broken: dict[str, int]) -> Verdict:
    row = con.execute("SELECT count(DISTINCT record_no) FROM exception WHERE severity = 'critical'").fetchone()
    failed_count = int(row[0]) if row else 0
    limit = suite.refuse_above
    if limit.refuses(failed_count, landed.read_count):
        reason = (
            f"{landed.read_count}件のうち{failed_count}件が重大な規則に反しています"
            f"（上限は{limit.records}件かつ{limit.percent}%）。ファイル全体を受け付けません"
        )
        return Verdict(True, reason, broken)
    unreadable = len(landed.unreadable)
    said = f"金額を読めないレコード{unreadable}件は0円として数えました" if unreadable else ""
    return Verdict(False, said, broken)
