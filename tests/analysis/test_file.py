"""The file itself: explained in Japanese, readable by the group, replaced only when something changed, never torn."""

import re
import shutil
import stat
from datetime import timedelta
from pathlib import Path

import duckdb
import pytest

from pipelines.analysis import run
from pipelines.analysis.published_file import only_publisher
from pipelines.errors import ConfigurationError, TransientError
from pipelines.exchange import durable
from pipelines.ledger import StageContext, open_ledger
from pipelines.ledger.files import snapshot_file
from tests.analysis.conftest import AS_OF, append, assessment, context, correct, tax_base

JAPANESE = re.compile("[ぁ-んァ-ヶ一-龠]")
PAID = "SELECT sum(employment_paid_yen) FROM taxpayer"


class TornError(Exception):
    """The process ends here."""


@pytest.fixture
def copied(town_folder: Path, tmp_path: Path) -> StageContext:
    shutil.copytree(town_folder, tmp_path / "town")
    return context(tmp_path / "town")


@pytest.fixture
def day_before(copied: StageContext, tmp_path: Path) -> StageContext:
    return context(tmp_path / "town", AS_OF - timedelta(days=1))


def file_of(ctx: StageContext) -> Path:
    return ctx.home.published / "analysis.duckdb"


def ask(ctx: StageContext, sql: str) -> list[tuple[object, ...]]:
    with duckdb.connect(file_of(ctx), read_only=True) as reader:
        return reader.execute(sql).fetchall()


def test_every_table_view_and_column_has_a_japanese_comment(con: duckdb.DuckDBPyConnection) -> None:
    comments = con.execute(
        "SELECT table_name, comment FROM duckdb_tables() UNION ALL "
        "SELECT view_name, comment FROM duckdb_views() WHERE NOT internal UNION ALL "
        "SELECT table_name || '.' || column_name, comment FROM duckdb_columns() WHERE NOT internal"
    ).fetchall()
    assert len(comments) > 100
    assert [name for name, comment in comments if not JAPANESE.search(comment or "")] == []


def test_the_file_says_what_it_knew_and_reads_no_clock(con: duckdb.DuckDBPyConnection) -> None:
    rows = con.execute("SELECT fiscal_year, city_code, as_of, commit_no_max, threshold FROM publication").fetchall()
    assert rows == [(2026, "041009", AS_OF, 6, 10)]
    kinds = con.execute("SELECT DISTINCT data_type FROM duckdb_columns() WHERE NOT internal").fetchall()
    assert [kind for (kind,) in kinds if "TIME" in kind] == []


def test_files_are_counted_a_source_and_day(con: duckdb.DuckDBPyConnection) -> None:
    rows = con.execute("SELECT source, verdict, file_count, read_count, accepted_count FROM intake_file").fetchall()
    assert rows == [("wage_report", "loaded", 2, 24, 20)]


def test_each_step_of_each_run_is_there(con: duckdb.DuckDBPyConnection) -> None:
    rows = con.execute("SELECT step, rows_in FROM run_cost ORDER BY run_no").fetchall()
    assert rows == [
        ("source_file", 2),
        *((table, 400) for table in ("resident", "document", "wage_report", "tax_base", "assessment")),
    ]


def test_the_owner_writes_the_group_reads_others_nothing(published: Path) -> None:
    assert stat.S_IMODE(published.stat().st_mode) == 0o640
    assert sorted(path.name for path in published.parent.iterdir()) == [".analysis.lock", "analysis.duckdb"]


def test_the_same_facts_again_replace_nothing(copied: StageContext, day_before: StageContext) -> None:
    before = file_of(copied).stat()
    again = run(copied)
    another_day = run(day_before)
    assert (again.counts["replaced"], another_day.counts["replaced"], again.commit_no) == (0, 0, None)
    assert "差し替えていません" in again.lines[0]
    assert (file_of(copied).stat().st_ino, file_of(copied).stat().st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


def test_a_correction_replaces_the_file_and_an_open_reader_keeps_the_old_one(copied: StageContext) -> None:
    assert assessment(5)["employment_paid_yen"] < 1_000_000
    with duckdb.connect(file_of(copied), read_only=True) as reader:
        old = reader.execute(PAID).fetchall()
        correct(copied)
        assert run(copied).counts["replaced"] == 1
        assert reader.execute(PAID).fetchall() == old
        assert reader.execute("SELECT commit_no_max FROM publication").fetchall() == [(6,)]
    assert ask(copied, "SELECT commit_no_max FROM publication") == [(7,)]
    assert ask(copied, PAID) > old


def test_what_came_after_the_day_is_not_in_it(copied: StageContext, day_before: StageContext) -> None:
    correct(copied)
    assert run(day_before).counts["replaced"] == 0
    assert ask(copied, "SELECT commit_no_max FROM publication") == [(6,)]


def test_the_ledger_is_only_read(copied: StageContext) -> None:
    snapshot = snapshot_file(copied.home, 1)
    before = snapshot.read_bytes()
    file_of(copied).unlink()
    assert run(copied).counts["replaced"] == 1
    assert snapshot.read_bytes() == before


@pytest.mark.parametrize("point", ["analysis.fsync:before", "analysis.fsync:after", "analysis.replace:before"])
def test_a_publication_that_was_torn_leaves_the_old_file_and_is_done_again(
    copied: StageContext, point: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def tear(reached: str) -> None:
        if reached == point:
            raise TornError

    correct(copied)
    old = file_of(copied).read_bytes()
    with monkeypatch.context() as patch:
        patch.setattr(durable, "on_reach", tear)
        with pytest.raises(TornError):
            run(copied)
    assert file_of(copied).read_bytes() == old
    assert run(copied).counts["replaced"] == 1
    assert sorted(path.name for path in file_of(copied).parent.iterdir()) == [".analysis.lock", "analysis.duckdb"]


def test_a_file_that_is_no_database_is_replaced(copied: StageContext) -> None:
    file_of(copied).write_bytes(b"torn")
    assert run(copied).counts["replaced"] == 1


def test_two_do_not_publish_at_once(copied: StageContext) -> None:
    with only_publisher(copied.home.published), pytest.raises(TransientError) as caught:
        run(copied)
    assert str(caught.value) == (
        "分析用データベースは別の処理が公開中です ／ ファイル: analysis.duckdb ／ "
        "対処: その処理の終了を待ってから、もう一度実行してください"
    )


def test_without_a_ledger_the_operator_is_told(ctx: StageContext) -> None:
    shutil.rmtree(ctx.home.ledger)
    with pytest.raises(ConfigurationError, match="台帳はまだありません"):
        run(ctx)


def test_fewer_people_than_the_threshold_are_not_published_at_all(ctx: StageContext) -> None:
    with open_ledger(ctx.home, ctx.keyring, holder="test") as session:
        append(session, "tax_base", [tax_base(number) for number in range(9)])
        append(session, "assessment", [assessment(number) for number in range(9)])
    report = run(ctx)
    assert (report.counts["taxpayer"], report.counts["left_out"]) == (0, 9)
    assert "9 人は、個人別の表に載せていません" in report.lines[1]
    assert ask(ctx, "SELECT count(*) FROM statistics_cell") == [(0,)]


def test_a_ledger_without_assessments_gives_empty_tables(ctx: StageContext) -> None:
    with open_ledger(ctx.home, ctx.keyring, holder="test"):
        pass
    assert (run(ctx).counts["replaced"], run(ctx).counts["replaced"]) == (1, 0)
    assert ask(ctx, "SELECT count(*) FROM taxpayer") == [(0,)]


def test_the_views_work_when_the_file_is_attached_under_another_name(published: Path) -> None:
    with duckdb.connect() as con:
        con.execute(f"ATTACH '{published}' AS town (READ_ONLY)")
        assert con.execute("SELECT count(*) > 0 FROM town.statistics_ward_sex").fetchall() == [(True,)]
