"""The intake stage: every file received up to the run's day, in lots; one file never stops the rest."""

from pathlib import Path
from typing import TYPE_CHECKING

from pipelines.errors import DataError, OperatorError
from pipelines.exchange import durable
from pipelines.exchange.inbox import InboxFile, inbox_file, list_inbox, orphan_notes
from pipelines.intake.desk import WAITING, Desk
from pipelines.intake.lot import Taken
from pipelines.intake.sources import SOURCES
from pipelines.ledger import StageContext, StageReport, open_ledger

if TYPE_CHECKING:
    import duckdb

COUNTED = ("read", "accepted", "quarantined", "duplicate")
_UNCHANGED = {
    "known": "同じファイルを取込み済みです。何も変更していません",
    "waiting": WAITING,
}


def run(ctx: StageContext) -> StageReport:
    """Take in what the inbox holds up to `ctx.as_of`, in the order (day, source, file name).

    A file that cannot be taken in stays where it is and is one of the report's `problems`; the others go on. Raises
    ConfigurationError (keys, layouts) and TransientError, which concern all files.
    """
    files, misplaced = list_inbox(ctx.home, ctx.as_of, SOURCES)
    return _take_all(ctx, files, [*misplaced, *_unknown_folders(ctx)])


def intake_one(ctx: StageContext, path: Path) -> StageReport:
    """Take in the one file at `path`, which lies in the inbox."""
    return _take_all(ctx, [inbox_file(ctx.home, path)], [])


def _take_all(ctx: StageContext, files: list[InboxFile], problems: list[OperatorError]) -> StageReport:
    notes = orphan_notes(ctx.home, ctx.as_of, SOURCES)
    # Opened also when nothing has arrived: a writer finishes and publishes what one that died has left.
    with open_ledger(ctx.home, ctx.keyring, holder="課税資料の受付", identity=ctx.identity) as session:
        before = session.commit_no
        with Desk(ctx, session) as desk:
            desk.take(files)
        problems += desk.problems
        problems += [problem for note in notes if (problem := _settle_note(session.con, note))]
        commit_no = session.commit_no if session.commit_no > before else None
    taken = sorted(desk.taken, key=lambda one: files.index(one.file))
    return StageReport("intake", commit_no, _counts(taken, problems), [_line(one) for one in taken], problems)


def _line(one: Taken) -> str:
    """What the operator reads of one file."""
    name = f"{one.file.source}/{one.file.received_on}/{one.file.path.name}"
    if one.reconciliation is None:
        return f"{name}: {_UNCHANGED[one.outcome]}"
    counts = one.reconciliation.counts
    figures = "、".join(
        f"{label}{counts[kind]:,}件{one.reconciliation.yen[kind]:,}円"
        for kind, label in (("accepted", "受入れ"), ("quarantined", "保留"), ("duplicate", "重複"))
    )
    outcome = "取り込みました" if one.outcome == "loaded" else "受け付けませんでした"
    said = f"。{one.reason}" if one.reason else ""
    if one.outcome == "refused":
        said += (
            "。送付元に正しいファイルを求め、届いたら受信箱に置いてください（`juminzei quarantine list` に載ります）"
        )
    return f"{name}: {outcome}（読込み{one.reconciliation.read_count:,}件、{figures}）{said}"


def _counts(taken: list[Taken], problems: list[OperatorError]) -> dict[str, int]:
    sums = [one.reconciliation for one in taken if one.reconciliation]
    counts = {"files": len(taken), "loaded": 0, "refused": 0, "known": 0, "waiting": 0, "problems": len(problems)}
    for one in taken:
        counts[one.outcome] += 1
    counts["read"] = sum(each.read_count for each in sums)
    for name in COUNTED[1:]:
        counts[name] = sum(each.counts[name] for each in sums)
    counts["read_yen"] = sum(each.read_yen for each in sums)
    counts["accepted_yen"] = sum(each.yen["accepted"] for each in sums)
    counts["warnings"] = sum(one.warning_count for one in taken)
    return counts


def _settle_note(con: "duckdb.DuckDBPyConnection", file: InboxFile) -> DataError | None:
    """A note without its file: left over when the file was taken in (then it goes), or a delivery without contents."""
    taken = con.execute(
        "SELECT count(*) FROM ledger.source_file WHERE source = ? AND received_on = ? AND file_name = ?",
        [file.source, file.received_on, file.path.name],
    ).fetchone()
    if taken != (0,):
        durable.remove(file.note_path, point="inbox.note.remove")
        return None
    return DataError(
        "送付書だけがあり、本体のファイルがありません",
        file=file.note_path.name,
        expected=f"同じフォルダの {file.path.name}",
        action="本体のファイルが届いているか、提出者に確認してください",
    )


def _unknown_folders(ctx: StageContext) -> list[OperatorError]:
    """Folders of the inbox that no source owns: what lies there would never be read."""
    known = {*SOURCES, "decisions"}
    strangers = [path for path in sorted(ctx.home.inbox.glob("[!.]*")) if path.name not in known]
    return [
        DataError(
            "受信箱に、取り込み先のないフォルダがあります",
            file=path.name,
            expected="・".join(sorted(known)),
            action="フォルダの名前を直してください",
        )
        for path in strangers
    ]
