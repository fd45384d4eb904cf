"""Notices: 納税通知書 and 納税変更通知書 for ordinary collection, notices to employers; as PDF files for the post."""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from pipelines.exchange.payload import Payload, SealedFolder


def _later(module: str, builder: str) -> "Callable[..., Payload]":
    """The builder, imported when it is called: whoever only asks which contracts there are need not load the printing."""

    def build_later(*given: object, staging: "SealedFolder") -> "Payload":
        made: Payload = getattr(import_module(f"pipelines.notices.{module}"), builder)(*given, staging=staging)
        return made

    return build_later


CONTRACTS: "dict[str, Callable[..., Payload]]" = {
    "taxpayer-ordinary_collection_notice": _later("ordinary_collection", "build_notices"),
    "taxpayer-ordinary_collection_print_data": _later("print_data", "build_print_data"),
    "employer-withholding_paper": _later("employer", "build_employer_papers"),
    "employee-withholding_paper": _later("employee", "build_employee_papers"),
    "employee-withholding_electronic": _later("employee", "build_employee_archives"),
    **dict.fromkeys(
        (
            "taxpayer-house_notice",
            "taxpayer-return_form",
            "employer-summary_form",
            "taxpayer-return_request",
            "taxpayer-one_stop_void",
            "municipality-relative_inquiry",
            "municipality-taxed_here",
        ),
        _later("letters", "build_letters"),
    ),
}
