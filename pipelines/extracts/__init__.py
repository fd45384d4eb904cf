"""Extracts: one contract a (recipient, purpose), from the ledger to files that hold just what the contract says."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from pipelines.exchange.payload import Payload

from pipelines.extracts.employee_key import build_employee_keys
from pipelines.extracts.employer_notice import build_employer_notices
from pipelines.extracts.tables import build_assessment_ledger, build_health_insurance, build_levy_summary

CONTRACTS: "dict[str, Callable[..., Payload]]" = {
    "employer-withholding_notice": build_employer_notices,
    "employee-notice_key": build_employee_keys,
    "city-assessment_ledger": build_assessment_ledger,
    "city-levy_summary": build_levy_summary,
    "national_health_insurance-premium": build_health_insurance,
}

__all__ = ["CONTRACTS"]
