"""The values behind a digest of parameters, in the ledger since something was first decided by them."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from pipelines.exchange.canonical import canonical_json
from pipelines.parameters.parameter_set import ParameterSet

if TYPE_CHECKING:
    from pipelines.ledger import LedgerSession, Transaction


def canonical_values(values: ParameterSet, more: Mapping[str, object] | None = None) -> dict[str, str]:
    """Every value, and whatever else the digest covers, by name as canonical JSON."""
    return {name: canonical_json(value).decode() for name, value in {**values.canonical(), **(more or {})}.items()}


def keep_values(
    transaction: "Transaction",
    values: ParameterSet,
    *,
    digest: str | None = None,
    more: Mapping[str, object] | None = None,
) -> None:
    """Append what `digest` (the set's own by default) stands for, unless the ledger has it or the transaction appended nothing.

    `more`: what else the digest covers.
    """
    found = digest or values.digest
    known = transaction.con.execute(
        "SELECT count(*) FROM ledger.parameter_value WHERE parameter_digest = ?", [found]
    ).fetchone()
    if known != (0,) or transaction.row_count == 0:
        return
    kept = canonical_values(values, more)
    transaction.append(
        "parameter_value",
        "SELECT ? AS parameter_digest, ?::INTEGER AS fiscal_year, unnest(?::VARCHAR[]) AS parameter, unnest(?::VARCHAR[]) AS value",
        [found, values.fiscal_year, list(kept), list(kept.values())],
    )


def kept_values(session: "LedgerSession", digest: str) -> dict[str, str]:
    """The values that a digest stood for, by name; empty when it was used before the ledger kept them (format 7)."""
    return dict(
        session.con.execute(
            "SELECT parameter, value FROM ledger.parameter_value WHERE parameter_digest = ? ORDER BY parameter",
            [digest],
        ).fetchall()
    )
