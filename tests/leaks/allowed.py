"""Where numbers and names may be (design: secrets, logs, erasure), and why. Everything else is a leak.

`place` is a pattern of paths inside the municipality's folder, `inside` one of the chain of containers; `key:` and
`sealed` stand for what only our keys open.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase

from pipelines.exchange.contract import load_contract
from pipelines.paths import SCHEMAS
from pipelines.run.cuts import CUTS
from tests.leaks.search import Finding


@dataclass(frozen=True)
class Allowance:
    """A kind of secret that may be at a place, inside something, for a reason."""

    kind: str
    place: str
    inside: str
    reason: str


_LEDGER_COLUMNS = (
    "resident.name",
    "resident.kana",
    "register_change.name",
    "register_change.kana",
    "register_change.former_name",
    "register_change.former_kana",
    "outside_register.name",
    "outside_register.kana",
    "document.name",
    "document.kana",
    "wage_report_relative.name",
    "wage_report_relative.kana",
    "pension_report_relative.name",
    "pension_report_relative.kana",
    "tax_return_relative.name",
)
# The season's cut is `all`; what another cut makes leaves nothing there. Nobody decides to forward a document in it, to reduce a levy or to
# change a way of payment, and every notice is served in time.
_NOTHING_IN_THE_SEASON = {
    "municipality-forwarded_document",
    "taxpayer-due_date_notice",
    "taxpayer-payment_way_notice",
    "taxpayer-reduction_notice",
}
ALLOWED = (
    Allowance("number", "inbox/*", "*", "as received; removed once the archived copy has been read back"),
    Allowance("name", "inbox/*", "*", "as received; removed once the archived copy has been read back"),
    Allowance("number", "archive/*", "sealed*", "the received file as it was, under the data key of its fiscal year"),
    Allowance("name", "archive/*", "sealed*", "the received file as it was, under the data key of its fiscal year"),
    Allowance("name", "landing/*", "key:parquet*", "typed records on their way into the ledger, encrypted"),
    *(
        Allowance(
            "name", f"ledger/{file}.k*.duckdb", f"key:duckdb:{column}", "the ledger knows people by name, encrypted"
        )
        for file in ("ledger", "snapshot")
        for column in _LEDGER_COLUMNS
    ),
    Allowance("name", "staging/*", "sealed*", "prepared, not yet approved, under the data key of its fiscal year"),
    *(
        Allowance("name", f"outbox/{contract.id}/*", "*", "the contract has the column")
        for contract in (load_contract(path.stem) for path in sorted((SCHEMAS / "extracts").glob("*.yaml")))
        if contract.id in set(CUTS["all"].contracts) - _NOTHING_IN_THE_SEASON
        and "name" in contract.column_names()
        and contract.encryption in ("none", "each_person")
    ),
)


def leaks(findings: Iterable[Finding], allowed: Sequence[Allowance] = ALLOWED) -> list[Finding]:
    """The findings that no allowance covers."""
    return [finding for finding in findings if not any(_covers(allowance, finding) for allowance in allowed)]


def _covers(allowance: Allowance, finding: Finding) -> bool:
    return (
        allowance.kind == finding.kind
        and fnmatchcase(finding.path, allowance.place)
        and fnmatchcase("/".join(finding.inside), allowance.inside)
    )
