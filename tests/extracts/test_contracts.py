"""No contract, no file; nobody and nothing outside a contract leaves."""

import shutil
from datetime import date
from pathlib import Path

import pytest
import yaml

from pipelines.errors import ConfigurationError, DataError
from pipelines.exchange.contract import CONTRACTS as FOLDER
from pipelines.exchange.contract import Column, Contract, city_contracts, load_contract
from pipelines.exchange.payload import SealedFolder
from pipelines.extracts import CONTRACTS as EXTRACTS
from pipelines.extracts import build_transfer, query
from pipelines.notices import CONTRACTS as NOTICES
from pipelines.paths import SQL
from pipelines.run.preparation import PEOPLE, keep_figures
from tests.extracts.conftest import DECIDED_ON, FISCAL_YEAR, HANAKO, TARO, Books

LEDGER = "city-assessment_ledger"
NUMBERED = ("employer-withholding_notice", "unified_system-number_request")


def altered(tmp_path: Path, **values: object) -> Path:
    """The assessment ledger's contract with some values replaced, in a folder of its own."""
    content = yaml.safe_load((FOLDER / f"{LEDGER}.yaml").read_text(encoding="utf-8")) | values
    (tmp_path / f"{LEDGER}.yaml").write_text(yaml.safe_dump(content, allow_unicode=True), encoding="utf-8")
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
def test_individual_numbers_leave_only_for_employers_and_the_unified_system_and_encrypted(contract_id: str) -> None:
    contract = load_contract(contract_id)
    assert ("number" in contract.filled_columns.values()) == (contract_id in NUMBERED)
    assert not contract.filled_columns or contract.encryption not in ("none", "each_person")
    plain = [column.name for column in contract.columns if column.type != "number"]
    assert not [name for name in plain if "number" in name and not name.endswith("corporate_number")]


def test_a_contract_that_lets_numbers_out_in_the_clear_is_refused(tmp_path: Path) -> None:
    content = yaml.safe_load((FOLDER / "employer-withholding_notice.yaml").read_text(encoding="utf-8"))
    path = tmp_path / "employer-withholding_notice.yaml"
    path.write_text(yaml.safe_dump(content | {"encryption": "none"}, allow_unicode=True), encoding="utf-8")
    with pytest.raises(ConfigurationError, match="受領者の鍵で暗号化する CSV（LF）だけに載せられる"):
        load_contract("employer-withholding_notice", tmp_path)


def test_a_contract_that_puts_people_on_media_in_the_clear_is_refused(tmp_path: Path) -> None:
    for medium in ("電子記録媒体（フラッシュメモリを除く）", "専用線、紙"):
        with pytest.raises(ConfigurationError, match="受領者の鍵で暗号化しなければならない"):
            load_contract(LEDGER, altered(tmp_path, medium=medium))
        load_contract.cache_clear()
    assert load_contract(LEDGER, altered(tmp_path, medium="専用線", encryption="tax-office"))


def test_there_is_no_file_without_a_contract() -> None:
    with pytest.raises(ConfigurationError) as error:
        load_contract("tax_office-everything")
    assert str(error.value) == (
        "契約がないので、何も出せません ／ 項目: tax_office-everything ／ "
        "正しい形: schemas/extracts/tax_office-everything.yaml ／ 対処: 契約を先に登録してください"
    )


def test_an_unknown_key_is_told_with_the_nearest_known_one(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="`cadence` のことですか"):
        load_contract(LEDGER, altered(tmp_path, cadance="年1回"))


def test_a_contract_for_one_approval_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="approvals"):
        load_contract(LEDGER, altered(tmp_path, approvals=1))


def test_a_contract_under_another_s_name_is_refused(tmp_path: Path) -> None:
    shutil.copy(FOLDER / f"{LEDGER}.yaml", tmp_path / "police-everything.yaml")
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
    contract = load_contract(LEDGER, altered(tmp_path, legal_basis=[basis]))
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


def rows_of_the_assessed() -> str:
    return (SQL / "extracts" / "assessment_ledger.sql").read_text(encoding="utf-8")


def test_a_column_outside_the_contract_cannot_leave(
    books: Books, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    books.assessed()
    wider = rows_of_the_assessed().replace("decided_on, reason,", "decided_on, reason, tax_base_version,")
    with_queries(monkeypatch, tmp_path, assessment_ledger=wider)
    with pytest.raises(DataError) as error:
        books.payload(LEDGER)
    assert str(error.value) == (
        f"契約と違う列があるので、出せません ／ 項目: {LEDGER} ／ 内容: 契約にない列 tax_base_version ／ "
        "正しい形: 契約の列だけ、契約の順 ／ 対処: 契約か抽出のSQLを直してください"
    )


def test_a_person_outside_the_population_cannot_leave(
    books: Books, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    books.assessed(HANAKO)
    books.assessed(TARO, fiscal_year=FISCAL_YEAR - 1)
    everybody = rows_of_the_assessed().replace("WHERE fiscal_year = $fiscal_year", "")
    with_queries(monkeypatch, tmp_path, assessment_ledger=everybody)
    with pytest.raises(DataError) as error:
        books.payload(LEDGER)
    assert str(error.value) == (
        f"契約の対象でない人の行があるので、出せません ／ 項目: {LEDGER} ／ 内容: 1 行 ／ "
        "正しい形: 当該年度に賦課した全員 ／ 対処: 抽出のSQLと、対象となる本人のSQLを見比べてください"
    )


def test_a_contract_s_column_that_no_person_has_is_refused(books: Books) -> None:
    contract = load_contract("national_pension-exemption", city_code="041009")
    odd = Column(name="shoe_size", ja="靴の大きさ", type="count", description="ない")
    pin = books.session.pin(FISCAL_YEAR, DECIDED_ON)
    keep_figures(books.session, books.city, FISCAL_YEAR, DECIDED_ON, [contract])
    with pytest.raises(ConfigurationError, match=r"契約の列が、人ごとの数値の表にありません.*shoe_size"):
        build_transfer(
            books.session,
            pin,
            books.city,
            FISCAL_YEAR,
            contract.model_copy(update={"columns": (*contract.columns, odd)}),
            staging=SealedFolder(books.folder, books.keyring, f"data-{FISCAL_YEAR}"),
        )


def test_an_unknown_set_of_columns_is_told_with_the_known_ones(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="契約の列の組がありません ／ 項目: incomes ／ 正しい形: credits、"):
        load_contract(LEDGER, altered(tmp_path, column_sets=["incomes"]))


def test_a_contract_that_names_people_has_a_population_query() -> None:
    contracts: list[Contract] = [load_contract(contract_id) for contract_id in EXTRACTS]
    contracts += [contract for code in ("041009", "112101", "131032") for contract in city_contracts(code)]
    named = {
        contract.population.query if contract.population.query in PEOPLE else contract.id
        for contract in contracts
        if contract.identifier != "none"
    }
    assert {path.stem for path in (SQL / "extracts" / "population").glob("*.sql")} == named
