"""A lot: deliveries of one source and one day that are validated, accepted and committed together.

Twenty thousand employers send twenty thousand small files; what costs the same for one record as for a million (the
rules' evaluation, the vault, a commit) is done once a lot.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pipelines.errors import DataError
from pipelines.exchange.inbox import DeliveryNote, Fingerprint, InboxFile
from pipelines.intake.accept import Reconciliation, accept, choose, compare_with_note, read_yen, reconcile, take_numbers
from pipelines.intake.landing import Landed
from pipelines.intake.sources import SOURCES, intake_sql
from pipelines.intake.suite import load_suite
from pipelines.intake.validation import Verdict, check, open_batch

if TYPE_CHECKING:
    from pipelines.ledger import LedgerSession, StageContext, Transaction
    from pipelines.vault import Vault

# A lot ends with the file that reaches one of these, so that a small file never waits for a city's worth of others.
LOT_FILES_MAX = 200
LOT_BYTES_MAX = 64 * 1024 * 1024


@dataclass(frozen=True)
class Delivery:
    """A received file, parsed into the landing, with its delivery note (送付書) and fingerprint."""

    file: InboxFile
    note: DeliveryNote | None
    mark: Fingerprint
    landed: Landed


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


@dataclass
class Lot:
    """The deliveries that are loaded together, in the order in which they lie in the inbox."""

    deliveries: list[Delivery] = field(default_factory=list)

    def takes(self, file: InboxFile, mark: Fingerprint) -> bool:
        """Whether this file may join: same source and day, room left, and no delivery that it must be compared with."""
        if not self.deliveries:
            return True
        first = self.deliveries[0].file
        if (first.source, first.received_on) != (file.source, file.received_on) or not SOURCES[file.source].in_lots:
            return False
        if len(self.deliveries) >= LOT_FILES_MAX or sum(d.mark.size_bytes for d in self.deliveries) >= LOT_BYTES_MAX:
            return False
        return not any(
            mark.sender == other.mark.sender and (mark.sha256 == other.mark.sha256 or mark.batch == other.mark.batch)
            for other in self.deliveries
        )

    def remove(self) -> None:
        """Remove what landed; the originals are in the inbox or in the archive."""
        for delivery in self.deliveries:
            delivery.landed.remove()


class Loading:
    """Loads one lot into the ledger. A delivery that its note contradicts, or that is of another year, is left out."""

    def __init__(self, ctx: "StageContext", session: "LedgerSession", vault: Callable[[], "Vault"], lot: Lot) -> None:
        from pipelines.vault import parquet_key

        self.ctx = ctx
        self.session = session
        self.con = session.con
        self.vault = vault
        self.source = SOURCES[lot.deliveries[0].file.source]
        self.suite = load_suite(self.source.name)
        self.key = parquet_key(ctx.keyring, f"data-{ctx.fiscal_year}")
        self.numbered: dict[int, Delivery] = {}
        self.taken: list[Taken] = []
        self.stopped: list[tuple[InboxFile, DataError]] = []
        self._number(lot.deliveries)

    def run(self) -> None:
        """Load; `taken` and `stopped` then tell what became of each delivery."""
        with self.session.register.step(f"intake {self.source.name}") as step:
            verdicts = self._checked()
            if not self.numbered:
                return
            refused = [file_no for file_no, verdict in verdicts.items() if verdict.refused]
            choose(self.con, self.suite, refused)
            take_numbers(self.con, self.source, self._landed(), self.key, self.vault, self.ctx.fiscal_year)
            accept(self.con, self.source, self.session.next_no("document", "document_no"))
            sums = reconcile(self.con, self._landed())
            step.rows_in = sum(each.read_count for each in sums.values())
            step.rows_out = sum(each.counts["accepted"] for each in sums.values())
            step.amount_yen = sum(each.read_yen for each in sums.values())
        self._commit(verdicts, sums)

    def _number(self, deliveries: list[Delivery]) -> None:
        first = self.session.next_no("source_file", "file_no")
        self.numbered = dict(enumerate(deliveries, start=first))

    def _landed(self) -> dict[int, Landed]:
        return {file_no: delivery.landed for file_no, delivery in self.numbered.items()}

    def _checked(self) -> dict[int, Verdict]:
        """The verdicts on the deliveries that stay in the lot."""
        self._open()
        contradicted = [
            file_no for file_no, yen in read_yen(self.con, self.numbered).items() if self._stops(file_no, yen)
        ]
        self._leave_out(contradicted)
        if not self.numbered:
            return {}
        verdicts = check(self.con, self.source, self.suite, self._landed())
        waiting = [file_no for file_no, verdict in verdicts.items() if verdict.of_another_year]
        if not waiting:
            return verdicts
        self.taken += [Taken(self.numbered[file_no].file, "waiting") for file_no in waiting]
        self._leave_out(waiting)
        return check(self.con, self.source, self.suite, self._landed()) if self.numbered else {}

    def _open(self) -> None:
        open_batch(self.con, self.source, self.ctx.city, self.ctx.fiscal_year, self._landed(), self.key)

    def _stops(self, file_no: int, yen: int) -> bool:
        delivery = self.numbered[file_no]
        try:
            compare_with_note(delivery.file, delivery.note, delivery.landed.read_count, yen)
        except DataError as error:
            self.stopped.append((delivery.file, error))
            return True
        return False

    def _leave_out(self, file_nos: list[int]) -> None:
        """Go on without these: the others are numbered and read again, as if these had not come."""
        if file_nos:
            self._number([delivery for file_no, delivery in self.numbered.items() if file_no not in file_nos])
            if self.numbered:
                self._open()

    def _commit(self, verdicts: dict[int, Verdict], sums: dict[int, Reconciliation]) -> None:
        warnings = dict(
            self.con.execute(
                "SELECT file_no, count(*) FROM exception WHERE severity = 'warning' GROUP BY file_no ORDER BY file_no"
            ).fetchall()
        )
        received_on = next(iter(self.numbered.values())).file.received_on
        with self.session.transaction(stage="intake", known_on=received_on) as transaction:
            for file_no, verdict in verdicts.items():
                self._enter(transaction, file_no, verdict, sums[file_no], warnings.get(file_no, 0))
            transaction.append("record_exception", intake_sql("record_exception"))
            for table in self.source.tables:
                transaction.append(table, self.source.sql(f"load_{table}"))
        for file_no, verdict in verdicts.items():
            outcome = "refused" if verdict.refused else "loaded"
            file = self.numbered[file_no].file
            self.taken.append(Taken(file, outcome, sums[file_no], warnings.get(file_no, 0), verdict.reason))

    def _enter(
        self, transaction: "Transaction", file_no: int, verdict: Verdict, sums: Reconciliation, warning_count: int
    ) -> None:
        """The row of one file in the ledger's list of what was received."""
        delivery = self.numbered[file_no]
        mark = delivery.mark
        transaction.append_row(
            "source_file",
            file_no=file_no,
            source=mark.source,
            sender=mark.sender,
            batch=mark.batch,
            received_on=delivery.file.received_on,
            file_name=delivery.file.path.name,
            sha256=mark.sha256,
            size_bytes=mark.size_bytes,
            edition="+".join(sorted(delivery.landed.editions)) or "-",
            verdict="refused" if verdict.refused else "loaded",
            verdict_reason=verdict.reason,
            read_count=sums.read_count,
            **{f"{name}_count": sums.counts[name] for name in ("accepted", "quarantined", "duplicate")},
            read_yen=sums.read_yen,
            **{f"{name}_yen": sums.yen[name] for name in ("accepted", "quarantined", "duplicate")},
            warning_count=warning_count,
        )
