"""前年比較: who is an exception, at the very threshold and one yen beside it; what is added up; a ledger without last year."""

import stat
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pytest

from pipelines.errors import ConfigurationError, DataError
from pipelines.ledger import LedgerSession, RunIdentity, migrations
from pipelines.run.private_file import write_csv
from pipelines.run.year_comparison import Thresholds, compare, thresholds

DAY = date(2026, 5, 1)
LIMITS = thresholds()
CHANGE, RATIO = LIMITS.change_from_yen, LIMITS.ratio


@pytest.fixture(scope="module")
def session() -> Iterator[LedgerSession]:
    con = duckdb.connect(":memory:")
    con.execute("ATTACH ':memory:' AS ledger")
    con.execute("USE ledger")
    for file in migrations.migrations():
        con.execute(file.read_text(encoding="utf-8"))
    yield LedgerSession(con, RunIdentity())
    con.close()


def assessed(session: LedgerSession, year: int, serial: int, tax_yen: int, version: int = 1, **figures: int) -> None:
    kinds = session.con.execute(
        "SELECT column_name, data_type FROM duckdb_columns() WHERE table_name = 'assessment' AND NOT is_nullable"
    ).fetchall()
    nought: dict[str, Any] = {"BIGINT": 0, "INTEGER": 0, "BOOLEAN": False, "VARCHAR": "", "DATE": DAY}
    blank = {name: nought.get(kind, []) for name, kind in kinds if name not in ("known_on", "commit_no")}
    own = {"fiscal_year": year, "taxpayer_no": f"{serial:015d}", "version": version, "annual_tax_yen": tax_yen}
    with session.transaction(stage="assessment", known_on=DAY) as transaction:
        transaction.append_row("assessment", **blank | own | figures)


def test_a_ledger_without_last_year_says_so(session: LedgerSession) -> None:
    assessed(session, 2026, 1, 100_000)
    session.pin(2026, DAY)
    found = compare(session, 2026)
    assert (found.people, found.last_year, found.exceptions) == (1, False, [])


def test_exceptions_begin_at_the_thresholds(session: LedgerSession) -> None:
    new, gone = LIMITS.new_from_yen, LIMITS.gone_from_yen
    cases: list[tuple[int | None, int | None, str | None]] = [
        (CHANGE, CHANGE * RATIO, "大きく増えた"),
        (CHANGE, CHANGE * RATIO - 1, None),  # not twice as much
        (CHANGE - 1, (CHANGE - 1) * RATIO, None),  # twice, but by too little
        (CHANGE * RATIO, CHANGE, "大きく減った"),
        (CHANGE * RATIO, CHANGE + 1, None),
        (None, new, "今年から"),
        (0, new, "今年から"),
        (None, new - 1, None),
        (gone, None, "今年なし"),
        (gone, 0, "今年なし"),
        (gone - 1, None, None),
        (0, 0, None),
    ]
    for serial, (earlier_yen, later_yen, _) in enumerate(cases, start=101):
        if earlier_yen is not None:
            assessed(session, 2025, serial, 9_999_999)
            assessed(session, 2025, serial, earlier_yen, version=2)  # what was corrected since is what counts
        if later_yen is not None:
            assessed(session, 2026, serial, later_yen, employment_income_yen=7)
    session.pin(2026, DAY)
    found = compare(session, 2026)
    reasons = {row["宛名番号"]: row["理由"] for row in found.exceptions}
    assert [reasons.get(f"{serial:015d}") for serial in range(101, 101 + len(cases))] == [why for *_, why in cases]
    totals = {row["項目"]: (row["前年"], row["今年"]) for row in found.totals}
    earlier, later = ([case[side] for case in cases if case[side] is not None] for side in (0, 1))
    assert totals["年税額"] == (sum(map(int, earlier)), sum(map(int, later)) + 100_000)  # type: ignore[arg-type]
    assert totals["給与所得"] == (0, 7 * len(later))
    assert totals["人数"] == (len(earlier), len(later) + 1)


def test_a_list_is_its_owner_s_alone_and_overwrites_nothing(tmp_path: Path) -> None:
    file = tmp_path / "list.csv"
    assert write_csv(file, [{"宛名番号": "000000000000001", "注意": "甲、乙"}]) == 1
    assert file.read_bytes() == "\ufeff宛名番号,注意\r\n000000000000001,甲、乙\r\n".encode()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    with pytest.raises(DataError, match="同じ名前のファイル"):
        write_csv(file, [])


def test_a_threshold_that_is_no_amount_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "year_comparison.yaml"
    values = {name: 2 for name in Thresholds.model_fields} | {"gone_from_yen": -1}
    file.write_text("".join(f"{name}: {value}\n" for name, value in values.items()), encoding="utf-8")
    with pytest.raises(ConfigurationError, match=r"gone_from_yen .*0 以上"):
        thresholds(file)
