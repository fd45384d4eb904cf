"""Notices: 納税通知書 and 納税変更通知書 for ordinary collection, as PDF files for the post."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pipelines.city import City
    from pipelines.exchange.contract import Contract
    from pipelines.exchange.payload import Payload, SealedFolder
    from pipelines.ledger import LedgerSession
    from pipelines.ledger.pin import Pin


def build(
    session: "LedgerSession",
    pin: "Pin",
    city: "City",
    fiscal_year: int,
    contract: "Contract",
    *,
    staging: "SealedFolder",
) -> "Payload":
    """The notices that are due as the session is pinned, see `build_notices`."""
    from pipelines.notices.ordinary_collection import build_notices

    return build_notices(session, pin, city, fiscal_year, contract, staging=staging)


CONTRACTS = {"taxpayer-ordinary_collection_notice": build}
