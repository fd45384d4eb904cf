"""`juminzei register`: a season in which changes are told after the tax was decided, from received files to tax and lists."""

import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from pipelines.city import CityHome, load_city
from pipelines.cli.app import app
from pipelines.ledger import StageContext
from pipelines.run.stages import run_stage
from pipelines.run.verify import check_home
from pipelines.vault import KeyRing
from tests.intake.kit import (
    CHANGE,
    OUTSIDE,
    REDUCTION,
    REGISTER,
    STATUS,
    Office,
    change,
    outside,
    reduction,
    resident,
    status,
    wage,
)

STAGES = ("intake", "matching", "consolidation", "assessment")
DECIDED_ON, CORRECTED_ON = date(2026, 5, 20), date(2026, 6, 20)
PEOPLE = range(1, 8)
STAYS, LEFT, DEAD, DIED_LATER, CAME, ASSISTED, HOUSE = (f"{serial:015d}" for serial in PEOPLE)
GONE = {"household_no": "", "relationship": "", "name": "", "kana": "", "postcode": "", "address": "", "ward_code": ""}


def born(serial: int) -> dict[str, str]:
    """Nobody is like anybody else."""
    return {"name": f"見本　{'一二三四五六七'[serial - 1]}郎", "born_on": f"1985-04-{serial:02d}"}


def report(serial: int) -> str:
    billed = {"ordinary_collection": "1"} if serial == 4 else {}
    return wage(
        serial,
        name=born(serial)["name"],
        born_day=f"{serial:02d}",
        self_disability="",
        payer_designated_no="",
        **billed,
    )


@pytest.fixture(scope="module")
def ctx(tmp_path_factory: pytest.TempPathFactory) -> StageContext:
    folder = tmp_path_factory.mktemp("register")
    home = CityHome("041009", folder / "data")
    home.make()
    ring = KeyRing.open(folder / "keys")
    ring.create_missing(fiscal_years=[2026], officers=["sato"])
    return StageContext(load_city("041009"), home, ring, 2026, DECIDED_ON)


@pytest.fixture(scope="module")
def taxes(ctx: StageContext) -> list[dict[str, int]]:
    """Annual tax by person: as decided in May, and as corrected in June when the changes had come."""
    office = Office(ctx)
    listed = [serial for serial in PEOPLE if f"{serial:015d}" not in (CAME, HOUSE)]
    office.put("r.csv", *(resident(n, **born(n)) for n in listed), layout=REGISTER, received_on=date(2026, 1, 5))
    office.put("w.csv", *(report(serial) for serial in PEOPLE if f"{serial:015d}" != HOUSE))
    for stage in STAGES:
        run_stage(stage, ctx)
    before = _taxes(office)
    left = {"change_kind": "05", "happened_on": "2025-12-20", "january_municipality": "011002"}
    office.put(
        "changes.csv",
        change(2, **(GONE | left)),
        change(3, **(GONE | {"change_kind": "06", "happened_on": "2025-12-31"})),
        change(4, **(GONE | {"change_kind": "06", "happened_on": "2026-02-03", "notified_on": "2026-02-04"})),
        change(5, **born(5)),
        layout=CHANGE,
        received_on=date(2026, 6, 1),
    )
    death = {"reduction_reason": "5", "applied_on": "", "decided_on": "2026-06-10", "part_denominator": "1"}
    office.put("reductions.csv", reduction(4, **death), reduction(6), layout=REDUCTION, received_on=date(2026, 6, 12))
    house = {"entry_kind": "2", "registered_municipality": "", "address": "札幌市中央区見本１－１"}
    heir = {"entry_kind": "5", "from_on": "2026-02-10", "name": "見本　花子", "individual_number": ""}
    second = [
        outside(1, **(house | {"ward_code": ward})) for ward in ("041017", "041025", "041050")
    ]  # lives in the first
    office.put("o.csv", outside(7, **house), *second, outside(4, **heir), layout=OUTSIDE, received_on=date(2026, 6, 1))
    office.put("s.csv", status(6), layout=STATUS, received_on=date(2026, 6, 1))
    later = replace(ctx, as_of=CORRECTED_ON)
    for stage in STAGES:
        assert run_stage(stage, later).problems == []
    return [before, _taxes(office)]


def _taxes(office: Office) -> dict[str, int]:
    rows: list[Any] = office.rows(
        "SELECT taxpayer_no, annual_tax_yen FROM assessment "
        "QUALIFY row_number() OVER (PARTITION BY taxpayer_no ORDER BY version DESC) = 1 ORDER BY taxpayer_no"
    )
    return dict(rows)


@pytest.fixture
def command(ctx: StageContext, taxes: list[dict[str, int]], monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setenv("JUMINZEI_DATA", str(ctx.home.root.parent))
    monkeypatch.setenv("JUMINZEI_KEYS", str(Path(ctx.keyring.folder)))

    def rows(*words: str) -> list[dict[str, Any]]:
        result = CliRunner().invoke(app, ("register", *words, "--fiscal-year", "2026", "--json"))
        assert result.exit_code == 0, result.output
        found: list[dict[str, Any]] = json.loads(result.output)
        return found

    return rows


def test_each_is_taxed_as_new_year_had_it(taxes: list[dict[str, int]]) -> None:
    before, after = taxes
    assert before.keys() == {STAYS, LEFT, DEAD, DIED_LATER, ASSISTED}
    full = before[STAYS]
    assert set(before.values()) == {full}
    assert after == {STAYS: full, LEFT: 0, DEAD: 0, DIED_LATER: full, CAME: full, ASSISTED: 0, HOUSE: 0}


def test_a_house_without_residence_bears_the_per_capita_levy_alone(
    ctx: StageContext, taxes: list[dict[str, int]]
) -> None:
    assert Office(ctx).rows(
        "SELECT ward_code, house_city_per_capita_yen, house_prefecture_per_capita_yen, forest_environment_tax_yen "
        f"FROM assessment WHERE taxpayer_no = '{HOUSE}'"
    ) == [("041017", 3000, 2200, 0)]


def test_each_ward_levies_a_house_by_itself_and_no_longer_when_it_is_gone(
    ctx: StageContext, taxes: list[dict[str, int]], command: Any
) -> None:
    """A resident's own ward does not; 5,200 yen are due at once; what is known no longer gives a version of zero."""

    def shown() -> list[tuple[Any, ...]]:
        names = ("宛名番号", "家屋敷等の区", "計（円）", "第1期（円）", "版", "所見")
        return [tuple(row[name] for name in names) for row in command("houses")]

    mine, other = [(STAYS, "041025", 5200, 5200, 1, ""), (STAYS, "041050", 5200, 5200, 1, "")], (HOUSE, "041017")
    assert shown() == [*mine, (*other, 5200, 5200, 1, "")]
    gone = {"entry_kind": "2", "registered_municipality": "", "to_on": "2025-12-31", "ward_code": "041050"}
    office = Office(ctx)
    office.put("gone.csv", outside(1, **gone), layout=OUTSIDE, received_on=date(2026, 7, 1))
    july = replace(ctx, as_of=date(2026, 7, 20))
    reports = [run_stage(stage, july) for stage in STAGES]
    assert reports[-1].lines == ["家屋敷・事務所等の均等割: 1 件（`juminzei register houses`）"]
    assert run_stage("assessment", july).commit_no is None
    assert shown() == [mine[0], (STAYS, "041050", 0, 0, 2, ""), (*other, 5200, 5200, 1, "")]
    assert _taxes(office) == taxes[1]


def test_every_promise_holds_and_each_document_is_in_one_place(ctx: StageContext, taxes: list[dict[str, int]]) -> None:
    found = check_home(ctx.home, ctx.keyring)
    assert [one.name for one in found if not one.ok] == []
    places = next(one.figures for one in found if "closed" in one.figures)
    assert {name: places[name] for name in ("linked", "waiting", "closed")} == {"linked": 4, "waiting": 1, "closed": 1}


def test_the_list_tells_who_is_taxed_otherwise_and_what_is_to_do(command: Any) -> None:
    rows = command("list")
    shown = {(row["宛名番号"], row["区分"], row["課税"], row["次にすること"]) for row in rows}
    assert shown == {
        (LEFT, "賦課期日までに転出", "しない", "資料があれば回送"),
        (DEAD, "賦課期日前に死亡", "しない", ""),
        (DIED_LATER, "賦課期日以後に死亡", "する", "相続人代表者へ通知"),
        (CAME, "賦課期日までに転入・出生（抽出の後に判明）", "する", ""),
        (HOUSE, "家屋敷・事務所等", "均等割のみ", ""),
        (STAYS, "家屋敷・事務所等", "しない（住所のある区）", ""),
        (STAYS, "家屋敷・事務所等", "均等割を別に", ""),
    }
    assert [row["1月1日・住民登録の市区町村"] for row in rows if row["宛名番号"] == LEFT] == ["011002"]


def test_a_person_is_shown_with_changes_addressees_and_status(command: Any) -> None:
    assert [(row["もと"], row["区分"], row["氏名"]) for row in command("show", DIED_LATER)] == [
        ("住民登録（1月1日）", "在住", "見本　四郎"),
        ("住民異動", "死亡", ""),
        ("住登外・送付先等", "相続人代表者", "見本　花子"),
    ]
    assert [row["区分"] for row in command("show", ASSISTED)] == ["在住", "生活扶助"]
    assert command("show", "9" * 15) == []
    assert command("disability") == []


def test_the_reductions_are_listed_and_explained(command: Any) -> None:
    died, assisted = command("reductions")[::-1]
    assert (died["宛名番号"], died["減免の割合・額"], died["知らせた通知書"]) == (DIED_LATER, "1/1", "")
    assert died["計（円）"] == died["市町村民税（円）"] + died["道府県民税（円）"] > 0 == died["森林環境税（円）"]
    assert died["所見"] == "次の発送の準備で減免決定通知書が出る"
    assert (assisted["宛名番号"], assisted["計（円）"]) == (ASSISTED, 0)
    assert assisted["所見"] == "減らす納期がない（賦課・区・納期限・特別徴収を確かめる）"
    text = CliRunner().invoke(app, ("explain", DIED_LATER, "--fiscal-year", "2026")).output
    assert f"決定番号 R08-0004: 計 {died['計（円）']:,}円" in text
