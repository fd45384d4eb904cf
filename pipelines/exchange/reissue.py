"""再発送: what left and was lost or damaged on the way leaves again as it was, with two new approvals and a new sequence number.

Its payload digest is the earlier one's, it names the sequence number that it repeats, and no register gets a row: nobody is told twice.
"""

from typing import TYPE_CHECKING

from pipelines.errors import DataError

if TYPE_CHECKING:
    from datetime import date

    from pipelines.ledger.session import LedgerSession

ASKED = """
    SELECT d.decision_no, r.release_no, r.contract, r.fiscal_year, r.payload_digest, r.pinned_commit_no, r.as_of,
           r.row_count, r.amount_yen, r.file_count
    FROM ledger.decision AS d
    JOIN ledger.release AS r ON d.subject = r.release_no || ':' || r.payload_digest
    JOIN ledger.outbox_intent AS i USING (release_no)
    WHERE d.decision_kind = 'reissue' AND d.known_on <= ?
      AND d.decision_no NOT IN (SELECT decision_no FROM ledger.release_repeat)
    ORDER BY d.decision_no
"""
RELEASE_COLUMNS = (
    "contract",
    "fiscal_year",
    "payload_digest",
    "pinned_commit_no",
    "as_of",
    "row_count",
    "amount_yen",
    "file_count",
)


def enter_reissues(session: "LedgerSession", as_of: "date") -> int:
    """A release for each officer's demand to let something out again, once; how many were new. They wait for approvals."""
    asked = session.con.execute(ASKED, [as_of]).fetchall()
    first_no = session.next_no("release", "release_no")
    if asked:
        with session.transaction(stage="release", known_on=as_of) as transaction:
            for release_no, (decision_no, repeated_no, *values) in enumerate(asked, first_no):
                row = dict(zip(RELEASE_COLUMNS, values, strict=True))
                transaction.append_row("release", release_no=release_no, **row, replaces_release_no=None)
                transaction.append_row(
                    "release_repeat", release_no=release_no, repeats_release_no=repeated_no, decision_no=decision_no
                )
    return len(asked)


def repeated(session: "LedgerSession", release_no: int) -> tuple[int, int] | None:
    """Release and sequence number of what this release repeats; None when it repeats nothing."""
    row = session.con.execute(
        "SELECT repeats_release_no, sequence_no FROM ledger.release_repeat AS r "
        "JOIN ledger.outbox_intent AS i ON i.release_no = r.repeats_release_no WHERE r.release_no = ?",
        [release_no],
    ).fetchone()
    return (int(row[0]), int(row[1])) if row else None


def require_repeatable(session: "LedgerSession", release_no: int, carries: str) -> None:
    """Raise DataError when this release may not leave again as it was.

    It never left; something newer says everything anew (`carries` as in the contract); a later notice made its slips void.
    """
    row = session.con.execute(
        "SELECT r.contract, r.fiscal_year, i.sequence_no FROM ledger.release AS r "
        "LEFT JOIN ledger.outbox_intent AS i USING (release_no) WHERE release_no = ?",
        [release_no],
    ).fetchone()
    if row is None or row[2] is None:
        raise DataError(
            "まだ出ていない発送なので、再発送はできません",
            item=f"発送番号 {release_no}",
            expected="発送済みの番号",
            action="`juminzei release list` で番号を確かめてください",
        )
    contract, fiscal_year, sequence_no = row
    newer = session.con.execute(
        "SELECT max(i.sequence_no) FROM ledger.outbox_intent AS i JOIN ledger.release AS r USING (release_no) "
        "WHERE r.contract = ? AND r.fiscal_year = ? AND i.sequence_no > ? AND r.payload_digest <> "
        "(SELECT payload_digest FROM ledger.release WHERE release_no = ?)",
        [contract, fiscal_year, sequence_no, release_no],
    ).fetchall()[0][0]
    if carries == "everything" and newer is not None:
        raise DataError(
            "より新しい内容がすでに出ているので、古い内容は再発送できません",
            item=f"発送番号 {release_no}（連番 {sequence_no:06d}）",
            found=f"連番 {newer:06d} が後に出ている",
            action="新しいほうの発送番号を再発送してください",
        )
    void = session.con.execute(
        "SELECT count(*) FROM ledger.payment_slip SEMI JOIN ledger.payment_slip_void USING (slip_no) WHERE release_no = ?",
        [release_no],
    ).fetchall()[0][0]
    if void:
        raise DataError(
            "この発送の納付書の中に、後の通知書で使えなくしたものがあります",
            item=f"発送番号 {release_no}",
            found=f"無効の納付書 {void:,} 枚",
            expected="すべての納付書がまだ使えること",
            action="届かなかった人ごとに `juminzei notices returned` と `juminzei notices resend` で送り直してください",
        )
