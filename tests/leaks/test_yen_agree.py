"""One person's yen agree everywhere: assessment, instalments, notices, codes on slips, employers, 課税台帳, 調定表, departments."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

import pytest

from pipelines.ledger import open_snapshot
from pipelines.run.simulator import World
from tests.crash.phases import PHASES, deliver
from tests.leaks.lived import Season, make_protected_town
from tests.leaks.read_back import Left

LARGE = 2_000
DECIDED = ("take_in", "match", "assess", "prepare", "approve_and_emit")

pytestmark = pytest.mark.xdist_group("leaks")


@dataclass(frozen=True)
class Town:
    """What the ledger decided of each taxpayer and of houses in other wards, the slips and notices in the registers, and what left."""

    left: Left
    assessed: dict[str, dict[str, Any]]
    houses: dict[tuple[str, str], dict[str, Any]]
    slips: dict[str, dict[str, Any]]
    noticed: set[tuple[str, str]]

    def taxed(self, instalments: str) -> dict[str, dict[str, Any]]:
        return {number: row for number, row in self.assessed.items() if sum(row[instalments]) > 0}


@pytest.fixture(scope="module", params=["a hundred", pytest.param("two thousand", marks=pytest.mark.exhaustive)])
def town(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Town:
    if request.param == "a hundred":
        season: Season = request.getfixturevalue("season")
        world = World(season.folder / "lived")
    else:
        folder = tmp_path_factory.mktemp("two thousand")
        make_protected_town(folder / "town", LARGE, 8)
        world = World(folder / "lived")
        deliver(folder / "town", world)
        for phase in DECIDED:
            PHASES[phase](world)
    with open_snapshot(world.home, world.keyring) as session:
        session.con.execute("CREATE TEMP TABLE newest AS FROM ledger.assessment QUALIFY row_number() OVER "
                            "(PARTITION BY taxpayer_no, ward_code ORDER BY version DESC) = 1")  # fmt: skip
        return Town(
            Left(world.home, world.keyring),
            by(session.con.execute("FROM newest ORDER BY taxpayer_no"), "taxpayer_no"),
            by(session.con.execute("FROM ledger.house_levy ORDER BY ALL"), "taxpayer_no", "ward_code"),
            by(session.con.execute("FROM ledger.payment_slip ORDER BY slip_no"), "slip_no"),
            set(session.con.execute("SELECT taxpayer_no, notice_kind FROM ledger.notice ORDER BY ALL").fetchall()),
        )


def by(cursor: Any, *key: str) -> dict[Any, dict[str, Any]]:
    names = [column[0] for column in cursor.description]
    rows = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
    found = {row[key[0]] if len(key) == 1 else tuple(row[name] for name in key): row for row in rows}
    assert len(found) == len(rows)
    return found


def test_the_year_is_the_sum_of_its_instalments(town: Town) -> None:
    assert sum(row["annual_tax_yen"] > 0 for row in town.assessed.values()) > 40
    for row in town.assessed.values():
        assert row["annual_tax_yen"] == sum(row["ordinary_instalments_yen"]) + sum(row["withholding_instalments_yen"])


def test_the_notice_on_paper_says_what_was_decided(town: Town) -> None:
    sent = {number for number, kind in town.noticed if kind == "first_notice"}
    assert set(town.left.notices) == sent
    assert len(sent) > 10
    for number, (annual, billed, instalments) in town.left.notices.items():
        row = town.assessed[number]
        assert annual == row["annual_tax_yen"]
        assert instalments == row["ordinary_instalments_yen"]
        assert billed == sum(instalments)


def test_nobody_who_owes_by_bill_is_forgotten(town: Town) -> None:
    with open_snapshot(town.left.home, town.left.keyring) as session:
        session.pin(2026, max(row["decided_on"] for row in town.assessed.values()))
        session.define_leaving("notice_addressee")
        nobody = session.con.execute(
            "SELECT taxpayer_no FROM notice_addressee WHERE addressee_kind IN ('protected', 'deceased')"
        )
        kept_back = {number for (number,) in nobody.fetchall()}
    owing = set(town.taxed("ordinary_instalments_yen"))
    assert owing - set(town.left.notices) == owing & kept_back
    assert owing & kept_back, "who is under 支援措置 waits for a person"


def test_the_codes_on_the_slips_ask_for_the_instalments(town: Town) -> None:
    by_qr: dict[str, dict[int, int]] = {}
    for code in town.left.qr_codes:
        [slip_no] = [number for number in town.slips if any(number in content for content in code.values())]
        slip = town.slips[slip_no]
        assert int(code["54"]) == slip["slip_yen"]
        by_qr.setdefault(slip["taxpayer_no"], {})[int(code["62"][8:10])] = int(code["54"])
    assert set(by_qr) == set(town.left.notices)
    for number, periods in by_qr.items():
        assert [periods.get(place, 0) for place in range(1, 5)] == town.assessed[number]["ordinary_instalments_yen"]
        assert periods.get(0, sum(periods.values())) == sum(town.assessed[number]["ordinary_instalments_yen"])
    # What convenience stores may not take has no bar code; every other has, with the same yen.
    asked = {number: slip["slip_yen"] for number, slip in town.slips.items() if slip["slip_yen"] <= 300_000}
    assert town.left.bar_codes == asked


def test_employers_are_told_the_months_of_everybody_and_each_employee_the_same(town: Town) -> None:
    withheld = town.taxed("withholding_instalments_yen")
    assert len(withheld) > 20
    assert town.left.employers_lists == {number: row["withholding_instalments_yen"] for number, row in withheld.items()}
    for number, (annual, months) in town.left.employees_notices.items():
        assert annual == town.assessed[number]["annual_tax_yen"]
        assert months == town.assessed[number]["withholding_instalments_yen"]
    assert set(town.left.employees_notices) == {number for number, kind in town.noticed if kind == "withholding_notice"}
    assert set(town.left.employees_notices) == set(withheld)


def test_the_assessment_ledger_and_the_departments_have_the_same_annual_tax(town: Town) -> None:
    listed: dict[str, dict[Any, int]] = {"resident": {}, "house": {}}
    for row in town.left.rows("city-assessment_ledger"):
        key = row["taxpayer_no"] if row["levy_kind"] == "resident" else (row["taxpayer_no"], row["ward_code"])
        listed[row["levy_kind"]][key] = int(row["annual_tax_yen"])
    assert listed["resident"] == {number: row["annual_tax_yen"] for number, row in town.assessed.items()}
    assert listed["house"] == {key: row["annual_tax_yen"] for key, row in town.houses.items()}
    insured = {row["taxpayer_no"]: row["annual_tax_yen"] for row in town.left.rows("national_health_insurance-premium")}
    assert len(insured) > 5
    known = {number: int(paid or 0) for number, paid in insured.items() if number in town.assessed}
    assert known == {number: town.assessed[number]["annual_tax_yen"] for number in known}
    assert known


def test_the_levy_summary_is_the_sum_of_everybodys_instalments(town: Town) -> None:
    listed = {
        (row["collection_method"], int(row["item"][1:3])): int(row["amount_yen"])
        for row in town.left.rows("city-levy_summary")
        if row["section"] == "instalment"
    }
    summed: Counter[tuple[str, int]] = Counter()
    for way, column in (("ordinary", "ordinary_instalments_yen"), ("employment", "withholding_instalments_yen")):
        for row in town.assessed.values():
            for place, amount in enumerate(row[column], 1):
                summed[way, place] += amount
    for row in town.houses.values():
        for place, amount in enumerate(row["ordinary_instalments_yen"], 1):
            summed["ordinary", place] += amount
    assert listed == {key: total for key, total in summed.items()}
    taxes = sum(int(row["amount_yen"]) for row in town.left.rows("city-levy_summary") if row["section"] == "tax")
    assert taxes == sum(row["annual_tax_yen"] for row in (*town.assessed.values(), *town.houses.values()))
