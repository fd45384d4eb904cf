"""Contracts that are data alone: only their people, only their columns, only their identifier; then only what changed."""

from datetime import date

import pytest

from pipelines.city import load_city
from pipelines.exchange.contract import Contract, city_contracts, load_contract
from pipelines.exchange.payload import Payload, SealedFolder
from pipelines.extracts import CONTRACTS, build_transfer
from pipelines.layout import source_layouts
from pipelines.run.cuts import contracts_of
from pipelines.run.preparation import keep_figures
from tests.extracts.conftest import DECIDED_ON, FISCAL_YEAR, HANAKO, JIRO, NOTHING_OWED, TARO, Books

CITIES = ("041009", "112101", "131032")
OWN = [(city, contract) for city in CITIES for contract in city_contracts(city)]
SHIRO = f"{104:015d}"
PENSION = "national_pension-exemption"
CHANGED_ON = date(2026, 7, 10)


@pytest.fixture
def town(books: Books) -> Books:
    """Somebody taxed, somebody who owes nothing, somebody who did not declare, and somebody of elsewhere."""
    for taxpayer_no in (HANAKO, TARO, JIRO):
        books.resident(taxpayer_no)
    books.assessed(HANAKO)
    books.assessed(TARO, **NOTHING_OWED, collection_method="ordinary")
    return books


def file_of(books: Books, payload: Payload) -> list[dict[str, str]]:
    (file,) = payload.files
    return books.rows(file)


def test_only_its_people_only_its_columns_only_its_identifier(town: Books) -> None:
    """Every contract by file of every city, on one ledger: its own list names one person, another's list names another."""
    by_file = [(city, contract) for city, contract in OWN if "file" in contract.ways]
    for membership in {contract.population.membership for _, contract in by_file}:
        town.listed(str(membership), HANAKO)
        town.listed(f"other than {membership}", TARO)
    pin = town.session.pin(FISCAL_YEAR, DECIDED_ON)
    keep_figures(town.session, town.city, FISCAL_YEAR, DECIDED_ON, [contract for _, contract in by_file])
    for city, contract in by_file:
        place = SealedFolder(town.folder / city / contract.id, town.keyring, f"data-{FISCAL_YEAR}")
        payload = build_transfer(town.session, pin, load_city(city), FISCAL_YEAR, contract, staging=place)
        (row,) = file_of(town, payload)
        assert list(row) == contract.column_names(), contract.id
        assert row["taxpayer_no"] == HANAKO, contract.id
        assert contract.identifier == "taxpayer_no", contract.id
        assert not {"name", "address", "number_id"} & set(row), contract.id


@pytest.mark.parametrize(("city", "contract"), OWN, ids=lambda value: getattr(value, "id", value))
def test_every_contract_of_a_city_is_whole(city: str, contract: Contract) -> None:
    columns = contract.column_names()
    assert columns[:6] == ["change_kind", "fiscal_year", "taxpayer_no", "tax_status", "version", "changed_on"]
    assert len(columns) == len(set(columns))
    assert contract.id not in CONTRACTS
    assert (contract.cut is not None) == ("file" in contract.ways)
    assert contract.document
    assert contract.legal_basis
    if contract.population.query == "members":
        assert contract.population.membership in {recipient.code for recipient in load_city(city).recipients}
        assert contract.population.membership in source_layouts("membership_list")[6].by_name["recipient"].codes
    else:
        assert contract.ways == ("look_up",)
    # 指定都市 judges by the levy before the rates were moved, others have no such levy.
    assert ("ordinary_city_income_levy_yen" in columns) == (
        city == "041009" and "city_adjustment_credit_yen" in columns
    )


def test_the_documents_rows_are_all_there() -> None:
    rows = {city: sorted(str(one.document).split()[-1] for one in city_contracts(city)) for city in CITIES}
    assert rows["041009"] == sorted([*(f"移転先{no}" for no in range(1, 21)), "提供先2"])
    assert rows["112101"] == sorted([*(f"移転先{no}" for no in range(1, 20)), "提供先4", "提供先5", "提供先6"])
    assert rows["131032"] == sorted([*["移転先1"] * 9, "提供先2", "提供先5"])
    by_file = {city: sum("file" in one.ways for one in city_contracts(city)) for city in CITIES}
    assert by_file == {"041009": 18, "112101": 11, "131032": 10}


def test_a_cut_makes_a_city_s_own_contracts_and_no_other_city_s() -> None:
    assert [one for one in contracts_of("112101", "ordinary") if one not in CONTRACTS][-1:] == [
        "national_health_insurance-premium"
    ]
    assert len(contracts_of("041009", "transfers")) == 18
    assert contracts_of("142140", "transfers") == ()


def test_the_four_states_leave_as_what_they_are(town: Books) -> None:
    for taxpayer_no in (HANAKO, TARO, JIRO, SHIRO):
        town.listed("national_pension", taxpayer_no)
    rows = file_of(town, town.payload(PENSION))
    assert [row["tax_status"] for row in rows] == ["1", "0", "3", "4"]
    figures = [name for name in rows[0] if name.endswith(("_yen", "_count"))]
    assert [{row[name] for name in figures} for row in rows[2:]] == [{""}, {""}]


def test_a_second_file_holds_only_what_changed_and_the_files_together_say_what_is_so(town: Books) -> None:
    """新規・変更・取消, and the replay of all files gives the list as it would be made anew."""
    for taxpayer_no in (HANAKO, TARO, JIRO):
        town.listed("national_pension", taxpayer_no)
    known: dict[str, dict[str, str]] = {}

    def sent(on: date, release_no: int) -> list[tuple[str, str]]:
        payload = town.payload(PENSION, on)
        rows = file_of(town, payload) if payload.files else []
        for row in rows:
            if row.pop("change_kind") == "3":
                assert {name: value for name, value in known.pop(row["taxpayer_no"]).items() if value} != row
            else:
                known[row["taxpayer_no"]] = row
        if rows:
            town.sent(payload, release_no, on)
        return [(row["taxpayer_no"], row["tax_status"]) for row in rows]

    assert sent(DECIDED_ON, 1) == [(HANAKO, "1"), (TARO, "0"), (JIRO, "3")]
    assert sent(DECIDED_ON, 2) == []
    town.assessed(JIRO, on=CHANGED_ON)
    town.listed("national_pension", TARO, list_no=9, on=CHANGED_ON, left_on=CHANGED_ON)
    town.listed("national_pension", SHIRO, list_no=9, on=CHANGED_ON)
    assert sent(CHANGED_ON, 3) == [(TARO, ""), (JIRO, "1"), (SHIRO, "4")]
    assert town.session.con.execute(
        "SELECT taxpayer_no, change_kind FROM ledger.told_person WHERE release_no = 3 ORDER BY ALL"
    ).fetchall() == [(TARO, "3"), (JIRO, "2"), (SHIRO, "1")]
    assert known == made_anew(town, CHANGED_ON)
    assert sent(date(2026, 8, 1), 4) == []


def made_anew(town: Books, on: date) -> dict[str, dict[str, str]]:
    """The list as a recipient who knows nothing would get it."""
    pin = town.session.pin(FISCAL_YEAR, on)
    contract = load_contract(PENSION, city_code="041009").model_copy(update={"id": "never-sent"})
    keep_figures(town.session, town.city, FISCAL_YEAR, on, [contract])
    place = SealedFolder(town.folder / "anew", town.keyring, f"data-{FISCAL_YEAR}")
    rows = file_of(town, build_transfer(town.session, pin, town.city, FISCAL_YEAR, contract, staging=place))
    assert {row.pop("change_kind") for row in rows} == {"1"}
    return {row["taxpayer_no"]: row for row in rows}


def test_a_recipient_whose_list_never_came_gets_nothing_and_the_operator_hears_of_it(town: Books) -> None:
    payload = town.payload(PENSION)
    assert payload.files == ()
    assert payload.review == (
        "対象者の名簿（membership_list の national_pension）がまだ届いていないので、誰の情報も出ません",
    )
    town.listed("national_pension", HANAKO, left_on=DECIDED_ON)
    assert town.payload(PENSION).review == ()


def test_of_a_list_only_the_roles_that_the_contract_names(town: Books) -> None:
    town.listed("national_pension", HANAKO, role="insured")
    town.listed("national_pension", TARO, role="household_member")
    contract = load_contract(PENSION, city_code="041009")
    narrow = contract.model_copy(
        update={"population": contract.population.model_copy(update={"roles": ("household_member",)})}
    )
    pin = town.session.pin(FISCAL_YEAR, DECIDED_ON)
    keep_figures(town.session, town.city, FISCAL_YEAR, DECIDED_ON, [narrow])
    place = SealedFolder(town.folder, town.keyring, f"data-{FISCAL_YEAR}")
    payload = build_transfer(town.session, pin, town.city, FISCAL_YEAR, narrow, staging=place)
    assert [row["taxpayer_no"] for row in file_of(town, payload)] == [TARO]
