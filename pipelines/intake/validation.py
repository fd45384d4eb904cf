"""A landed lot against its suite: one scan in SQL and Great Expectations must say the same of every rule."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pyarrow as pa

from pipelines.calendar import ERAS, WAGE_REPORT_ERA_CODES, FiscalYear
from pipelines.errors import DataError
from pipelines.intake import expectations, rules
from pipelines.intake.landing import Landed, Unreadable
from pipelines.intake.lines import Undecodable
from pipelines.intake.records import UnknownContent
from pipelines.intake.sources import Source, intake_sql
from pipelines.intake.suite import Suite
from pipelines.layout import Layout, source_layouts

if TYPE_CHECKING:
    import duckdb
    import pandas as pd

    from pipelines.city import City


@dataclass(frozen=True)
class Verdict:
    """What the suite says of a file: whether it is refused and why, or whether all of it is of another fiscal year."""

    refused: bool
    reason: str
    of_another_year: bool


def open_batch(
    con: "duckdb.DuckDBPyConnection",
    source: Source,
    city: "City",
    fiscal_year: int,
    lot: Mapping[int, Landed],
    key: str,
) -> None:
    """Make the TEMP tables `batch` (one row), `era`, `layout_item`, `landed` and `record` of a lot: its files by file_no;
    and the macro with which suites' facts judge 団体コード.

    A record is `record_no` in its file `file_no`, and `row_no` in the lot.
    """
    year = FiscalYear(fiscal_year)
    layouts = source_layouts(source.name)
    _register(con, "batch", _batch_row(source, city, year, layouts))
    _register(con, "era", _eras())
    _register(con, "layout_item", _layout_items(layouts))
    _register(con, "part", _parts(lot))
    con.execute(
        "CREATE OR REPLACE TEMP TABLE landed AS SELECT part.file_no, rows_before + record_no AS row_no, stored.* "
        "EXCLUDE (filename) FROM read_parquet(?, filename = true, encryption_config = {footer_key_value: ?}) AS stored "
        "JOIN part ON part.path = stored.filename",
        [[str(path) for landed in lot.values() for path in landed.record_parts], key],
    )
    con.execute(f"CREATE OR REPLACE TEMP TABLE record AS {source.sql('record')}")
    con.execute(intake_sql("is_municipality_code"))


def _parts(lot: Mapping[int, Landed]) -> pa.Table:
    """Each landed part with its file and with how many records of the lot lie in the files before."""
    rows_before, parts = 0, []
    for file_no, landed in lot.items():
        parts += [(str(path), file_no, rows_before) for path in landed.record_parts]
        rows_before += landed.read_count
    return pa.table(
        {
            "path": pa.array([path for path, _, _ in parts], pa.string()),
            "file_no": pa.array([file_no for _, file_no, _ in parts], pa.int64()),
            "rows_before": pa.array([before for _, _, before in parts], pa.int64()),
        }
    )


def _batch_row(source: Source, city: "City", year: FiscalYear, layouts: Mapping[int, Layout]) -> pa.Table:
    codes = [city.code, *(ward.code for ward in city.wards)]
    fitting = [layout.edition for layout in layouts.values() if _covers(layout, year.income_year)]
    # Item 11 年分 and the like carry the year of the era in which the income year ended.
    era = next(era for era in ERAS if era.last_on >= year.assessment_day)
    return pa.table(
        {
            "source": [source.name],
            "recipient": pa.array([source.recipient], pa.string()),
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


def check(
    con: "duckdb.DuckDBPyConnection", source: Source, suite: Suite, lot: Mapping[int, Landed]
) -> dict[int, Verdict]:
    """Make the TEMP tables `checked` and `exception`; the verdict on each file of the lot, by file_no."""
    con.execute(f"CREATE OR REPLACE TEMP TABLE checked AS {rules.checked_select(suite, source.sql('facts'))}")
    broken = _broken_in_sql(con, suite)
    _agree(suite, broken, expectations.broken_counts(suite, frame(con, suite)), source)
    con.execute(
        "CREATE OR REPLACE TEMP TABLE exception (file_no BIGINT, record_no BIGINT, rule VARCHAR, severity VARCHAR, "
        "item_no INTEGER, message VARCHAR, amount_yen BIGINT)"
    )
    _register(con, "unreadable", _unreadable_rows(suite, lot))
    con.execute("INSERT INTO exception BY NAME FROM unreadable")
    for rule in suite.rules:
        if broken[rule.id]:
            select, params = rules.exception_select(rule)
            con.execute(f"INSERT INTO exception BY NAME {select}", params)
    return _verdicts(con, suite, lot)


def frame(con: "duckdb.DuckDBPyConnection", suite: Suite, *extra: str) -> "pd.DataFrame":
    """The narrow pandas frame of the suite's columns, in the order of the lot's records."""
    columns = ", ".join([*extra, *expectations.frame_columns(suite)])
    return con.execute(f"SELECT {columns} FROM checked ORDER BY row_no").df()


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


def _unreadable_rows(suite: Suite, lot: Mapping[int, Landed]) -> pa.Table:
    records = [(file_no, record) for file_no, landed in lot.items() for record in landed.unreadable]
    explained = [_explained(suite, record) for _, record in records]
    return pa.table(
        {
            "file_no": pa.array([file_no for file_no, _ in records], pa.int64()),
            "record_no": pa.array([record.record_no for _, record in records], pa.int64()),
            "rule": pa.array([rule for rule, _ in explained], pa.string()),
            "severity": pa.array(["critical"] * len(records), pa.string()),
            "item_no": pa.nulls(len(records), pa.int32()),
            "message": pa.array([message for _, message in explained], pa.string()),
            "amount_yen": pa.array([0] * len(records), pa.int64()),
        }
    )


def _explained(suite: Suite, record: Unreadable) -> tuple[str, str]:
    """The rule that an unreadable record breaks, and what the operator is told."""
    if isinstance(record, Undecodable):
        rule, wording, found = "undecodable", suite.unreadable["undecodable"], f"{record.byte_no}バイト目"
    elif isinstance(record, UnknownContent):
        rule, wording, found = "unknown_content", suite.unreadable["unknown_content"], record.found
    else:
        rule, wording, found = "item_count", suite.unreadable["item_count"], f"{record.found_items}項目"
    return rule, f"{wording.what} ／ 内容: {found}{wording.after_items()}"


def _verdicts(con: "duckdb.DuckDBPyConnection", suite: Suite, lot: Mapping[int, Landed]) -> dict[int, Verdict]:
    failed = _by_file(
        con, "SELECT file_no, count(DISTINCT record_no) FROM exception WHERE severity = 'critical' GROUP BY file_no"
    )
    other_year = _by_file(con, "SELECT file_no, count(*) FROM exception WHERE rule = 'fiscal_year' GROUP BY file_no")
    return {
        file_no: _verdict(suite, landed, failed.get(file_no, 0), other_year.get(file_no, 0))
        for file_no, landed in lot.items()
    }


def _by_file(con: "duckdb.DuckDBPyConnection", select: str) -> dict[int, int]:
    return dict(con.execute(f"{select} ORDER BY file_no").fetchall())


def _verdict(suite: Suite, landed: Landed, failed_count: int, other_year_count: int) -> Verdict:
    of_another_year = other_year_count == landed.readable_count > 0
    limit = suite.refuse_above
    if limit.refuses(failed_count, landed.read_count):
        reason = (
            f"{landed.read_count}件のうち{failed_count}件が重大な規則に反しています"
            f"（上限は{limit.records}件かつ{limit.percent}%）。ファイル全体を受け付けません"
        )
        return Verdict(True, reason, of_another_year)
    unreadable = len(landed.unreadable)
    said = f"金額を読めないレコード{unreadable}件は0円として数えました" if unreadable else ""
    return Verdict(False, said, of_another_year)
