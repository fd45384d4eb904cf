"""Which contracts are decided together: the cuts of the season, and the year's mailings, each decided alone."""

from dataclasses import dataclass
from typing import Literal

from pipelines.errors import DataError
from pipelines.exchange.contract import city_contracts

# When the contracts of a city's own departments (移転) leave: with 普通徴収, or with the transfers to departments only.
OwnCut = Literal["ordinary", "transfers"]


@dataclass(frozen=True)
class Cut:
    """What is decided together. `own`: the city's own contracts that go with it, by the cut that they name; `tells_assessments`: whether
    what was decided of the tax leaves with it."""

    title: str
    contracts: tuple[str, ...]
    own: frozenset[OwnCut] = frozenset()
    tells_assessments: bool = True


_EMPLOYMENT = (
    "employer-withholding_notice",
    "employer-withholding_paper",
    "employee-withholding_paper",
    "employee-withholding_electronic",
    "employee-notice_key",
)
_ORDINARY = (
    "taxpayer-ordinary_collection_notice",
    "taxpayer-ordinary_collection_print_data",
    "taxpayer-house_notice",
    "taxpayer-due_date_notice",
    "taxpayer-reduction_notice",
    "taxpayer-payment_way_notice",
    "city-assessment_ledger",
    "city-levy_summary",
    "municipality-forwarded_document",
)
# What corrections change has no part in the first decision's cut of bills.
_CHANGES = ("city-levy_changes",)
_NETWORK = ("intermediate_server-copy",)
_WITH_ORDINARY: frozenset[OwnCut] = frozenset({"ordinary"})
_DEPARTMENTS: frozenset[OwnCut] = frozenset({"ordinary", "transfers"})

CUTS = {
    "employment": Cut("特別徴収", _EMPLOYMENT),
    "ordinary": Cut("普通徴収ほか", _ORDINARY, _WITH_ORDINARY),
    "changes": Cut("更正の調定", _CHANGES),
    "all": Cut("この三つ", _EMPLOYMENT + _ORDINARY + _CHANGES, _WITH_ORDINARY),
    "transfers": Cut("各部署への移転", (), _DEPARTMENTS),
    "network": Cut("中間サーバーの副本", _NETWORK),
    "departments": Cut("移転と副本", _NETWORK, _DEPARTMENTS),
    "governments": Cut(
        "都道府県・税務署への報告",
        ("prefecture-levy_report", "tax_office-denied_relatives", "tax_office-own_computation"),
    ),
    "returns": Cut("申告書の発送", ("taxpayer-return_form",), tells_assessments=False),
    "requests": Cut("申告のお願い", ("taxpayer-return_request",), tells_assessments=False),
    "inquiries": Cut(
        "扶養の照会・申告特例", ("municipality-relative_inquiry", "taxpayer-one_stop_void"), tells_assessments=False
    ),
    "answers": Cut("扶養照会への回答", ("municipality-relative_answer",)),
    "taxed_here": Cut("294条3項", ("municipality-taxed_here",), tells_assessments=False),
    "employer_forms": Cut("総括表", ("employer-summary_form",), tells_assessments=False),
    "unified_numbers": Cut("統合宛名番号の付番依頼", ("unified_system-number_request",), tells_assessments=False),
    "network_inquiries": Cut("情報照会", ("intermediate_server-inquiry",), tells_assessments=False),
}


def cut_named(name: str) -> Cut:
    """The cut. Raises DataError when there is none of that name."""
    if name not in CUTS:
        raise DataError(
            "その決裁の区分はありません",
            item="--cut",
            found=name,
            expected="、".join(CUTS),
            action="区分の名前を確かめてください",
        )
    return CUTS[name]


def contracts_of(city_code: str, cut: str) -> tuple[str, ...]:
    """The contracts decided together: everybody's, then the municipality's own that leave as files. Raises as `cut_named`."""
    chosen = cut_named(cut)
    own = (one.id for one in city_contracts(city_code) if "file" in one.ways and one.cut in chosen.own)
    return chosen.contracts + tuple(own)
