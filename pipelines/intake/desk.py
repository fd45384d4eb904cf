"""The intake desk: files from the inbox into the ledger, whole: fingerprint, parse, validate, load, archive, remove."""

from contextlib import ExitStack
from functools import cached_property
from typing import TYPE_CHECKING, Self

from pipelines.errors import DataError, OperatorError, StopForPerson
from pipelines.exchange.archive import archive
from pipelines.exchange.inbox import Fingerprint, InboxFile, fingerprint, read_note, remove_from_inbox
from pipelines.exchange.operations_log import note_operation
from pipelines.exchange.progress import Progress
from pipelines.intake.landing import Landed, land
from pipelines.intake.lot import Delivery, Loading, Lot, Taken

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipelines.ledger import LedgerSession, StageContext
    from pipelines.vault import Vault


# An event of the operations log: a file that stays in the inbox, and why.
HELD = "held"
WAITING = "すべて別の年度の資料です。その年度の取込みまで受信箱に残します"


class Desk:
    """One ledger session, and from the first file with new records on one vault, for all files.

    `taken` tells what became of each file, `problems` which could not be taken in: those stay in the inbox.
    """

    def __init__(self, ctx: "StageContext", session: "LedgerSession") -> None:
        self.ctx = ctx
        self.session = session
        self.taken: list[Taken] = []
        self.problems: list[OperatorError] = []
        self._lot = Lot()
        self._open = ExitStack()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        self._lot.remove()
        self._open.close()

    @cached_property
    def vault(self) -> "Vault":
        """The vault's process, started when it is first needed."""
        from pipelines.vault import Vault

        return self._open.enter_context(Vault(self.ctx.home, self.ctx.keyring))

    def take(self, files: "Sequence[InboxFile]") -> None:
        """Take the files in, lot by lot. Raises what concerns all of them (keys, disk, lock), never what concerns one."""
        progress = Progress("受付", "ファイル", len(files))
        for file in files:
            try:
                self._receive(file)
            except DataError as error:
                self._hold([file], error)
            progress.add()
        self._load()

    def _receive(self, file: InboxFile) -> None:
        """Put a new file into the lot; finish with one that is known. Raises DataError or StopForPerson."""
        note = read_note(file)
        mark = fingerprint(file, note)
        if not self._lot.takes(file, mark):
            self._load()
        if self._known(file, mark):
            self.taken.append(self._take_again(file, mark))
            return
        landed = land(self.ctx.home, self.ctx.keyring, file, mark, self.ctx.fiscal_year)
        try:
            _require_same_bytes(file, mark, landed)
        except DataError:
            landed.remove()
            raise
        self._lot.deliveries.append(Delivery(file, note, mark, landed))

    def _load(self) -> None:
        """Load the lot, then finish with its files; the next lot begins empty. What cannot be loaded is a problem."""
        if not self._lot.deliveries:
            return
        lot, self._lot = self._lot, Lot()
        loading = Loading(self.ctx, self.session, lambda: self.vault, lot)
        try:
            loading.run()
        except DataError as error:
            self._hold([delivery.file for delivery in lot.deliveries], error)
        finally:
            lot.remove()
        marks = {delivery.file: delivery.mark for delivery in lot.deliveries}
        for taken in loading.taken:
            if taken.outcome != "waiting":
                self._finish(taken.file, marks[taken.file])
            else:
                self._note_held(taken.file, WAITING)
        self.taken += loading.taken
        for file, contradiction in loading.stopped:
            self._hold([file], contradiction)

    def _hold(self, files: list[InboxFile], error: DataError) -> None:
        """These files stay in the inbox, and for whoever asks later it is noted why."""
        self.problems.append(error)
        for file in files:
            self._note_held(file, str(error))

    def _note_held(self, file: InboxFile, reason: str) -> None:
        received_on = file.received_on.isoformat()
        note_operation(
            self.ctx.home, HELD, source=file.source, received_on=received_on, file=file.path.name, reason=reason
        )

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
