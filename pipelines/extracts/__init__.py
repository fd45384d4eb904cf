"""Extracts: one contract a (recipient, purpose), from the ledger to files that hold just what the contract says."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from pipelines.exchange.payload import Payload

from pipelines.extracts.employer_notice import build_employer_notices
from pipelines.extracts.forwarding import build_forwarded_documents
from pipelines.extracts.network_copy import build_network_copy, of_year
from pipelines.extracts.returned import differences
from pipelines.extracts.tables import (
    build_assessment_ledger,
    build_denied_relatives,
    build_levy_summary,
    build_prefecture_report,
)
from pipelines.extracts.transfers import build_transfer, keep_person_figures, look_up

DENIED_RELATIVES = "tax_office-denied_relatives"
CONTRACTS: "dict[str, Callable[..., Payload]]" = {
    "employer-withholding_notice": build_employer_notices,
    "city-assessment_ledger": build_assessment_ledger,
    "city-levy_summary": build_levy_summary,
    "municipality-forwarded_document": build_forwarded_documents,
    "intermediate_server-copy": build_network_copy,
    "prefecture-levy_report": build_prefecture_report,
    DENIED_RELATIVES: build_denied_relatives,
}

__all__ = [
    "CONTRACTS",
    "DENIED_RELATIVES",
    "build_transfer",
    "differences",
    "keep_person_figures",
    "look_up",
    "of_year",
]
