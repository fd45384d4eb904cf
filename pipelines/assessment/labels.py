"""The Japanese name of every column of the chain, as its step's header gives it."""

from functools import cache

from pipelines.assessment.chain import CHAINS
from pipelines.assessment.step import steps

# What comes in, and figures that only a case's answer has.
_GIVEN = {
    "employment_paid_yen": "給与等の収入金額（円）",
    "specific_relative_special_deduction_yen": "特定親族特別控除額（円）",
    "collection_method": "徴収方法",
    "payer_designated_no": "特別徴収義務者の指定番号",
    "payer_document_no": "特別徴収義務者の給与支払報告書",
    "instalments": "納期・月ごとの税額（円）",
}


@cache
def labels() -> dict[str, str]:
    """Label by column name."""
    return _GIVEN | {name: text for chain in CHAINS for step in steps(chain) for name, text in step.labels.items()}


def label_of(name: str) -> str:
    """The label of a column, or its name when it has none."""
    return labels().get(name, name)
