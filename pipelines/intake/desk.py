"""One received file from the inbox into the ledger, whole: fingerprint, parse, validate, load, archive, remove."""

from contextlib import ExitStack
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Self

from pipelines.errors import DataError, StopForPerson
from pipelines.exchange.archive import archive
from pipelines.exchange.inbox import DeliveryNote, Fingerprint, InboxFile, fingerprint, read_note, remove_from_inbox
from pipelines.exchange.operations_log import note_operation
from pipelines.intake.accept import Reconciliation, accept, compare_with_note, reconcile, sum_of_yen, take_numbers
from pipelines.intake.landing import Landed, land
from pipelines.intake.sources import SOURCES, Source, intake_sql
from pipelines.intake.suite import load_suite
from pipelines.intake.validation import Verdict, check, open_batch

if TYPE_CHECKING:
    from pipelines.ledger import LedgerSession, StageContext
    from pipelines.vault import Vault


_UNCHANGED = {
    "known": "同じファイルを取込み済みです。何も変更していません",
    "waiting": "すべて別の年度の資料です。その年度の取込みまで受信箱に残します",
}


@dataclass(frozen=True)
class Taken:
    """What became of one file.

    `outcome`: loaded, refused, known (the same file again), or waiting (every record is of another fiscal year).
    """

    file: InboxFile
    outcome: str
    reconciliation: Reconciliation | None = None
    warning_count: int = 0
    reason: str = ""

    def line(self) -> str:
        """What the operator reads of this file."""
        name = f"{self.file.source}/{self.file.received_on}/{self.file.path.name}"
        if self.reconciliation is None:
            return f"{name}: {_UNCHANGED[self.outcome]}"
        counts = self.reconciliation.counts
        figures = "、".join(
            f"{label}{counts[name]:,}件{self.reconciliation.yen[name]:,}円"
            for name, label in (("accepted", "受入れ"), ("quarantined", "保留"), ("duplicate", "重複"))
        )
        outcome = "取り込みました" if self.outcome == "loaded" else "受け付けませんでした"
        said = f"。{self.reason}" if self.reason else ""
        return f"{name}: {outcome}（読込み{self.reconciliation.read_count:,}件、{figures}）{said}"


class Desk:
    """The intake desk: one ledger session, and from the first file with new records on one vault, for all files."""

    def __init__(self, ctx: "StageContext", session: "LedgerSession") -> None:
        self.ctx = ctx
        self.session = session
        self._open = ExitStack()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        self._open.close()

    @cached_property
    def vault(self) -> "Vault":
        """The vault's process, started when it is first needed."""
        from pipelines.vault import Vault

        return self._open.enter_context(Vault(self.ctx.home, self.ctx.keyring))

    def take(self, file: InboxFile) -> Taken:
        """Take one file in. Raises DataError or StopForPerson; the ledger and the inbox are then as before."""
        note = read_note(file)
        mark = fingerprint(file, note)
        if self._known(file, mark):
            return self._take_again(file, mark)
        landed = land(self.ctx.home, self.ctx.keyring, file, mark, self.ctx.fiscal_year)
        try:
            _require_same_bytes(file, mark, landed)
            taken = self._load(file, note, mark, landed)
        finally:
            landed.remove()
        if taken.outcome != "waiting":
            self._finish(file, mark)
        return taken

    def _take_again(self, file: InboxFile, mark: Fingerprint) -> Taken:
        """A delivery that the ledger has: finish what a killed run left undone, and only note it."""
        this_very_file = self.session.con.execute(
            "SELECT count(*) FROM ledger.source_file WHERE source = ? AND received_on = ? AND file_name = ? "
            "AND sha256 = ?",
            [file.source, file.received_on, file.path.name, mark.sha256],
        ).fetchone()
        if this_very_file != (0,):
            self._finish(file, mark)
        else:
            remove_from_inbox(file)
        note_operation(
            self.ctx.home,
            "same_file_again",
            source=file.source,
            received_on=file.received_on.isoformat(),
            file=file.path.name,
            sha256=mark.sha256,
        )
        return Taken(file, "known")

    def _known(self, file: InboxFile, mark: Fingerprint) -> bool:
        """Whether this very delivery is in the ledger. Raises StopForPerson for other bytes under a loaded batch."""
        con = self.session.con
        same = con.execute(
            "SELECT count(*) FROM ledger.source_file WHERE source = ? AND sender = ? AND sha256 = ? "
            "AND (batch = ? OR NOT ?)",
            [mark.source, mark.sender, mark.sha256, mark.batch, mark.declared],
        ).fetchone()
        if same != (0,):
            return True
        other = con.execute(
            "SELECT min(received_on) FROM ledger.source_file WHERE source = ? AND sender = ? AND batch = ? "
            "AND verdict = 'loaded'",
            [mark.source, mark.sender, mark.batch],
        ).fetchone()
        if other is None or other[0] is None:
            return False
        raise StopForPerson(
            "同じバッチで内容の違うファイルが届きました",
            file=file.path.name,
            found=f"{other[0]} 受付のものとSHA-256が違う",
            expected=f"バッチ {mark.batch} は1回だけ",
            action="取り込まずに止めました。差替えか誤送かを提出者に確認し、訂正分なら別のバッチ名の送付書を付けてください",
        )

    def _load(self, file: InboxFile, note: DeliveryNote | None, mark: Fingerprint, landed: Landed) -> Taken:
        from pipelines.vault import parquet_key

        con, source = self.session.con, SOURCES[file.source]
        file_no = self.session.next_no("source_file", "file_no")
        suite = load_suite(file.source)
        key = parquet_key(self.ctx.keyring, f"data-{self.ctx.fiscal_year}")
        with self.session.register.step(f"intake {file.source}") as step:
            open_batch(con, source, self.ctx.city, self.ctx.fiscal_year, file_no, landed, key)
            compare_with_note(file, note, landed.read_count, sum_of_yen(con))
            verdict = check(con, source, suite, landed)
            if verdict.broken.get("fiscal_year", 0) == landed.readable_count > 0:
                return Taken(file, "waiting")
            year, refused = self.ctx.fiscal_year, verdict.refused
            take_numbers(con, source, suite, landed, key, lambda: self.vault, year, refused)
            accept(con, source, self.session.next_no("document", "document_no"))
            sums = reconcile(con, landed)
            step.rows_in, step.rows_out, step.amount_yen = sums.read_count, sums.counts["accepted"], sums.read_yen
        return self._commit(file, mark, landed, verdict, sums, source)

    def _commit(
        self,
        file: InboxFile,
        mark: Fingerprint,
        landed: Landed,
        verdict: Verdict,
        sums: Reconciliation,
        source: Source,
    ) -> Taken:
        row = self.session.con.execute("SELECT count(*) FROM exception WHERE severity = 'warning'").fetchone()
        warning_count = int(row[0]) if row else 0
        with self.session.transaction(stage="intake", known_on=file.received_on) as transaction:
            transaction.append_row(
                "source_file",
                file_no=self.session.next_no("source_file", "file_no"),
                source=mark.source,
                sender=mark.sender,
                batch=mark.batch,
                received_on=file.received_on,
                file_name=file.path.name,
                sha256=mark.sha256,
                size_bytes=mark.size_bytes,
                edition="+".join(sorted(landed.editions)) or "-",
                verdict="refused" if verdict.refused else "loaded",
                verdict_reason=verdict.reason,
                read_count=sums.read_count,
                **{f"{name}_count": sums.counts[name] for name in ("accepted", "quarantined", "duplicate")},
                read_yen=sums.read_yen,
                **{f"{name}_yen": sums.yen[name] for name in ("accepted", "quarantined", "duplicate")},
                warning_count=warning_count,
            )
            transaction.append("record_exception", intake_sql("record_exception"))
            for table in source.tables:
                transaction.append(table, source.sql(f"load_{table}"))
        outcome = "refused" if verdict.refused else "loaded"
        return Taken(file, outcome, sums, warning_count, verdict.reason)

    def _finish(self, file: InboxFile, mark: Fingerprint) -> None:
        """After the commit: the sealed original in the archive, then nothing in the inbox. Repeatable."""
        archive(self.ctx.home, self.ctx.keyring, file, mark.sha256, self.ctx.fiscal_year)
        remove_from_inbox(file)


def _require_same_bytes(file: InboxFile, mark: Fingerprint, landed: Landed) -> None:
    if landed.sha256 != mark.sha256:
        raise DataError(
            "読んでいる間にファイルが書き換えられました",
            file=file.path.name,
            expected="受信箱に置いたファイルは変更しない",
            action="書込みが終わってから、もう一度実行してください",
        )
    if landed.read_count == 0:
        raise DataError(
            "レコードが1件もないファイルです",
            file=file.path.name,
            found="見出し行だけ",
            expected="1件以上のレコード",
            action="抽出や送信の失敗と思われます。提出者に確認し、このファイルを受信箱から除いてください",
        )
