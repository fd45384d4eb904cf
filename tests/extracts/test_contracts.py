"""No contract, no file; nobody and nothing outside a contract leaves."""

import shutil
from datetime import date
from pathlib import Path

import pytest
import yaml

from pipelines.errors import ConfigurationError, DataError
from pipelines.exchange.contract import CONTRACTS as FOLDER
from pipelines.exchange.contract import Contract, load_contract
from pipelines.extracts import CONTRACTS as EXTRACTS
from pipelines.extracts import query
from pipelines.notices import CONTRACTS as NOTICES
from pipelines.paths import SQL
from tests.extracts.conftest import HANAKO, TARO, Books

PREMIUM = "national_health_insurance-premium"


def altered(tmp_path: Path, **values: object) -> Path:
    """The health insurance's contract with some values replaced, in a folder of its own."""
    content = yaml.safe_load((FOLDER / f"{PREMIUM}.yaml").read_text(encoding="utf-8")) | values
    (tmp_path / f"{PREMIUM}.yaml").write_text(yaml.safe_dump(content, allow_unicode=True), encoding="utf-8")
    return tmp_path


def test_every_contract_has_a_builder_and_every_builder_a_contract() -> None:
    assert sorted(path.stem for path in FOLDER.glob("*.yaml")) == sorted([*EXTRACTS, *NOTICES])


@pytest.mark.parametrize("contract_id", sorted([*EXTRACTS, *NOTICES]))
def test_every_contract_says_why_whose_and_to_whom_and_asks_for_two_approvals(contract_id: str) -> None:
    contract = load_contract(contract_id)
    assert contract.legal_basis
    assert contract.population.description
    assert contract.approvals == 2
    assert all(column.ja and column.description for column in contract.columns)


@pytest.mark.parametrize("contract_id", sorted([*EXTRACTS, *NOTICES]))
def test_individual_numbers_leave_only_electronically_for_employers_and_encrypted(contract_id: str) -> None:
    contract = load_contract(contract_id)
    assert ("number" in contract.filled_columns.values()) == (contract_id == "employer-withholding_notice")
    assert not contract.filled_columns or contract.encryption not in ("none", "each_person")
    plain = [column.name for column in contract.columns if column.type != "number"]
    assert not [name for name in plain if "number" in name and not name.endswith("corporate_number")]


def test_a_contract_that_lets_numbers_out_in_the_clear_is_refused(tmp_path: Path) -> None:
    content = yaml.safe_load((FOLDER / "employer-withholding_notice.yaml").read_text(encoding="utf-8"))
    path = tmp_path / "employer-withholding_notice.yaml"
    path.write_text(yaml.safe_dump(content | {"encryption": "none"}, allow_unicode=True), encoding="utf-8")
    with pytest.raises(ConfigurationError, match="受領者の鍵で暗号化する CSV（LF）だけに載せられる"):
        load_contract("employer-withholding_notice", tmp_path)


def test_there_is_no_file_without_a_contract() -> None:
    with pytest.raises(ConfigurationError) as error:
        load_contract("tax_office-everything")
    assert str(error.value) == (
        "契約がないので、何も出せません ／ 項目: tax_office-everything ／ "
        "正しい形: schemas/extracts/tax_office-everything.yaml ／ 対処: 契約を先に登録してください"
    )


def test_an_unknown_key_is_told_with_the_nearest_known_one(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="`cadence` のことですか"):
        load_contract(PREMIUM, altered(tmp_path, cadance="年1回"))


def test_a_contract_for_one_approval_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="approvals"):
        load_contract(PREMIUM, altered(tmp_path, approvals=1))


def test_a_contract_under_another_s_name_is_refused(tmp_path: Path) -> None:
    shutil.copy(FOLDER / f"{PREMIUM}.yaml", tmp_path / "police-everything.yaml")
    with pytest.raises(ConfigurationError, match="契約の番号とファイル名が違います"):
        load_contract("police-everything", tmp_path)


@pytest.mark.parametrize(
    ("since", "until", "leaves"),
    [
        (date(2016, 1, 1), None, True),
        (date(2016, 1, 1), date(2026, 5, 8), True),
        (date(2016, 1, 1), date(2026, 5, 7), False),
        (date(2026, 5, 8), None, True),
        (date(2026, 5, 9), None, False),
    ],
)
def test_nothing_leaves_before_its_legal_basis_or_after_it(
    tmp_path: Path, since: date, until: date | None, leaves: bool
) -> None:
    basis = {"law": "条例", "article": "3条3項", "since": since, "until": until}
    contract = load_contract(PREMIUM, altered(tmp_path, legal_basis=[basis]))
    if leaves:
        contract.require_basis(date(2026, 5, 8))
        return
    with pytest.raises(ConfigurationError, match="契約の根拠となる規定が、この日には効力がありません"):
        contract.require_basis(date(2026, 5, 8))


def with_queries(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, **sql: str) -> None:
    """The stage's queries with some of them replaced."""
    folder = tmp_path / "sql"
    shutil.copytree(SQL / "extracts", folder)
    for name, text in sql.items():
        (folder / f"{name}.sql").write_text(text, encoding="utf-8")
    monkeypatch.setattr(query, "FOLDER", folder)


def rows_of_the_insured() -> str:
    return (SQL / "extracts" / "health_insurance_member.sql").read_text(encoding="utf-8")


def test_a_column_outside_the_contract_cannot_leave(
    books: Books, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    books.insured()
    wider = rows_of_the_insured().replace(
        "  assessed.decided_on AS changed_on,", "  assessed.decided_on AS changed_on, '' AS name,"
    )
    with_queries(monkeypatch, tmp_path, health_insurance_member=wider)
    with pytest.raises(DataError) as error:
        books.payload(PREMIUM)
    assert str(error.value) == (
        f"契約と違う列があるので、出せません ／ 項目: {PREMIUM} ／ 内容: 契約にない列 name ／ "
        "正しい形: 契約の列だけ、契約の順 ／ 対処: 契約か抽出のSQLを直してください"
    )


def test_a_person_outside_the_population_cannot_leave(
    books: Books, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    books.insured(HANAKO)
    books.resident(TARO)
    everybody = rows_of_the_insured().replace("FROM member", "FROM (FROM member UNION FROM resident) AS member")
    with_queries(monkeypatch, tmp_path, health_insurance_member=everybody)
    with pytest.raises(DataError) as error:
        books.payload(PREMIUM)
    assert str(error.value) == (
        f"契約の対象でない人の行があるので、出せません ／ 項目: {PREMIUM} ／ 内容: 1 行 ／ "
        "正しい形: 国民健康保険の被保険者及び世帯員（基準日の名簿） ／ 対処: 抽出のSQLと、対象となる本人のSQLを見比べてください"
    )


def test_a_contract_that_names_people_has_a_population_query() -> None:
    contracts: list[Contract] = [load_contract(contract_id) for contract_id in EXTRACTS]
    named = {contract.id for contract in contracts if contract.identifier != "none"}
    assert {path.stem for path in (SQL / "extracts" / "population").glob("*.sql")} == named
