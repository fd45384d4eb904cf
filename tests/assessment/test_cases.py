"""Every case worked out by hand comes out of our SQL to the yen; every wrong case is refused with a helpful message."""

import re
from typing import Any, get_args

import pytest
from our_calculator import CASES, as_case, good_documents, in_bulk
from pydantic import BaseModel

from pipelines.assessment.case import CaseResult, Figures, assess_file, compare
from pipelines.assessment.case_file import Case
from pipelines.assessment.kind_file import KINDS
from pipelines.errors import OperatorError
from pipelines.paths import ROOT

GOOD = good_documents()
BAD = {
    "born_after_income_year": "所得の年が終わった後の生年月日です。 ／ ファイル: born_after_income_year.yaml ／ "
    "項目: dependants.0.born_on ／ 正しい形: 2025-12-31 以前 ／ 対処: 生年月日か年度を確かめてください。",
    "float_yen": "整数ではありません。 ／ ファイル: float_yen.yaml ／ 項目: paid.social_insurance_yen ／ 内容: 小数 ／ "
    "正しい形: 0 以上の整数（桁区切りや引用符なし） ／ 対処: その項目を直してください。",
    "impossible_date": "日付ではありません。 ／ ファイル: impossible_date.yaml ／ 項目: dependants.0.born_on ／ "
    "内容: 文字 ／ 正しい形: 暦にある日付（YYYY-MM-DD、引用符なし） ／ 対処: その項目を直してください。",
    "missing_birthday": "必要な項目がありません。 ／ ファイル: missing_birthday.yaml ／ 項目: dependants.0.born_on ／ "
    "対処: その項目を書き加えてください。",
    "negative_yen": "小さすぎます。 ／ ファイル: negative_yen.yaml ／ 項目: income.employment.0.paid_yen ／ 内容: 整数 ／ "
    "正しい形: 0 以上 ／ 対処: その項目を直してください。",
    "text_yen": "整数ではありません。 ／ ファイル: text_yen.yaml ／ 項目: income.employment.0.paid_yen ／ 内容: 文字 ／ "
    "正しい形: 0 以上の整数（桁区切りや引用符なし） ／ 対処: その項目を直してください。",
    "true_as_yen": "整数ではありません。 ／ ファイル: true_as_yen.yaml ／ 項目: income.employment.0.paid_yen ／ "
    "内容: 真偽 ／ 正しい形: 0 以上の整数（桁区切りや引用符なし） ／ 対処: その項目を直してください。",
    "unknown_inner_key": "知らない項目です。 ／ ファイル: unknown_inner_key.yaml ／ 項目: taxpayer.disabled ／ "
    "正しい形: disability（最も近い項目） ／ 対処: 項目の名前を直すか、消してください。",
    "unknown_key": "知らない項目です。 ／ ファイル: unknown_key.yaml ／ 項目: dependents ／ "
    "正しい形: dependants（最も近い項目） ／ 対処: 項目の名前を直すか、消してください。",
    "unknown_municipality": "団体コード 999999 の団体別設定がありません ／ ファイル: schemas/cities ／ "
    "正しい形: 041009-sendai、112101-kazo、131032-minato、142140-isehara ／ "
    "対処: 団体コードを確かめるか、団体別設定を1つ置いてください",
    "unknown_word": "決まった言葉ではありません。 ／ ファイル: unknown_word.yaml ／ 項目: taxpayer.disability ／ "
    "内容: 文字 ／ 正しい形: none・ordinary・special ／ 対処: その項目を直してください。",
}
PLAIN: dict[str, Any] = {
    "case": "給与だけの人",
    "fiscal_year": 2026,
    "municipality": "041009",
    "income": {"employment": [{"paid_yen": 5_000_000}]},
}


@pytest.fixture(scope="module")
def figures() -> list[Figures]:
    return in_bulk([document for _, document in GOOD])


@pytest.mark.xdist_group("good cases")
@pytest.mark.parametrize("place", range(len(GOOD)), ids=[f"{file}: {one['case']}" for file, one in GOOD])
def test_a_case_worked_out_by_hand(place: int, figures: list[Figures]) -> None:
    assert compare(as_case(GOOD[place][1]), figures[place]) == []


def test_every_bad_case_has_its_message() -> None:
    assert sorted(BAD) == sorted(path.stem for path in (CASES / "bad").glob("*.yaml"))


@pytest.mark.parametrize("name", sorted(BAD))
def test_a_bad_case_is_refused_and_says_what_to_do(name: str) -> None:
    with pytest.raises(OperatorError) as refused:
        assess_file(CASES / "bad" / f"{name}.yaml")
    assert str(refused.value) == BAD[name]


def test_nothing_written_and_nought_written_are_the_same() -> None:
    nil = {"business_yen": 0, "dividend": {"paid_yen": 0, "kind": "ordinary"}, "public_pension": [{"paid_yen": 0}]}
    assert in_bulk([PLAIN | {"income": PLAIN["income"] | nil}]) == in_bulk([PLAIN])


def test_an_expectation_of_an_unknown_figure_names_the_nearest() -> None:
    case = as_case(PLAIN | {"expect": {"anual_tax_yen": 1}})
    with pytest.raises(OperatorError, match="annual_tax_yen（最も近い名前）"):
        compare(case, in_bulk([PLAIN])[0])


def test_a_wrong_expectation_is_told_with_both_values(tmp_path: Any) -> None:
    file = tmp_path / "case.yaml"
    file.write_text(
        'case: 期待の違い\nfiscal_year: 2026\nmunicipality: "041009"\n'
        "income: {employment: [{paid_yen: 5000000}]}\nexpect: {employment_income_yen: 1}\n",
        encoding="utf-8",
    )
    result: CaseResult = assess_file(file)[0]
    assert [str(line) for line in result.differences] == [
        "給与所得（所得金額調整控除の前、円）（employment_income_yen）: 期待 1、計算 3560000"
    ]
    assert ("給与所得（所得金額調整控除の前、円）", 3_560_000) in result.rows()


def keys(model: type[BaseModel], seen: set[type[BaseModel]]) -> set[str]:
    """Every key of the model and of the models inside it."""
    seen.add(model)
    found = set(model.model_fields)
    for part in (inner for field in model.model_fields.values() for inner in parts(field.annotation)):
        found |= set() if part in seen else keys(part, seen)
    return found


def parts(annotation: object) -> list[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    return [part for inner in get_args(annotation) for part in parts(inner)]


@pytest.mark.parametrize("model", [Case, *KINDS.values()], ids=lambda model: model.__name__)
def test_every_key_is_in_the_document(model: type[BaseModel]) -> None:
    text = (ROOT / "docs" / "cases.md").read_text(encoding="utf-8")
    words = set(re.findall(r"\w+", text))
    assert sorted(keys(model, set()) - words) == []
