"""Extracts: one contract a (recipient, purpose), from the ledger to files that hold just what the contract says."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from pipelines.exchange.payload import Payload

from pipelines.extracts.employee_key import build_employee_keys
from pipelines.extracts.employer_notice import build_employer_notices
from pipelines.extracts.forwarding import build_forwarded_documents
from pipelines.extracts.network_copy import build_network_copy, of_year
from pipelines.extracts.network_inquiry import build_network_inquiry
from pipelines.extracts.number_request import build_number_request
from pipelines.extracts.returned import differences
from pipelines.extracts.tables import (
    build_assessment_ledger,
    build_denied_relatives,
    build_levy_changes,
    build_levy_summary,
    build_own_computation,
    build_prefecture_report,
)
from pipelines.extracts.transfers import build_transfer, keep_person_figures, look_up

CONTRACTS: "dict[str, Callable[..., Payload]]" = {
    "employer-withholding_notice": build_employer_notices,
    "employee-notice_key": build_employee_keys,
    "city-assessment_ledger": build_assessment_ledger,
    "city-levy_summary": build_levy_summary,
    "city-levy_changes": build_levy_changes,
    "municipality-forwarded_document": build_forwarded_documents,
    "intermediate_server-copy": build_network_copy,
    "intermediate_server-inquiry": build_network_inquiry,
    "unified_system-number_request": build_number_request,
    "tax_office-own_computation": build_own_computation,
    "prefecture-levy_report": build_prefecture_report,
    "tax_office-denied_relatives": build_denied_relatives,
}

__all__ = [
    "CONTRACTS",
    "build_transfer",
    "differences",
    "keep_person_figures",
    "look_up",
    "of_year",
]
