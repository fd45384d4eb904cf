"""減免: what a decision takes off, of which tax and which instalment; a correction computes it anew; the assessment itself never changes."""

from collections.abc import Iterator
from datetime import date
from itertools import count
from random import Random
from typing import Any

import duckdb
import pytest
from ledger_town import HANAKO, JULY, MAY, SENDAI, Town, open_town

from pipelines.assessment.reduction_run import reduce_levies
from pipelines.ledger import StageReport
from pipelines.paths import SQL

# Pay of 5,000,000: city 251,400, prefecture 64,300, forest 1,000 = 316,700 in 79,700 and 3 x 79,000 (30 June, 31 August, 2 November, 1 February).
ORDINARY = {"collection_method": "ordinary", "payer_designated_no": None}
FIRST = [79_700, 79_000, 79_000, 79_000]
DECISION = {
    "submission_kind": "new",
    "decision_ref": "R08-1",
    "fiscal_year": 2026,
    "taxpayer_no": HANAKO,
    "ward_code": "041017",
    "reduction_reason": "income_loss",
    "applied_on": date(2026, 7, 1),
    "decided_on": date(2026, 7, 5),
    "from_period": 1,
    "part_numerator": 1,
    "part_denominator": 2,
    "reduced_yen": 0,
    "forest_reason": None,
}
WHOLE = {"part_numerator": 1, "part_denominator": 1}
IN_YEN = {"part_numerator": 0, "part_denominator": 1}
REDUCED = "city_reduction_yen, prefecture_reduction_yen, forest_exemption_yen, instalment_reductions_yen"


SERIAL = count(1)


@pytest.fixture(scope="module")
def town() -> Iterator[Town]:
    """One ledger for the module; each test has taxpayers of its own, assessed as HANAKO is."""
    with open_town() as town:
        town.base(**ORDINARY)
        town.assess()
        yield town


def taxpayer(town: Town, **figures: Any) -> str:
    """Somebody assessed as HANAKO is, except for `figures`."""
    taxpayer_no = f"{next(SERIAL):015d}"
    values = town.versions()[0] | {"taxpayer_no": taxpayer_no} | figures
    kept = {name: value for name, value in values.items() if name not in ("known_on", "commit_no")}
    with town.session.transaction(stage="test", known_on=MAY) as transaction:
        transaction.append_row("assessment", **kept)
    return taxpayer_no


def decide(town: Town, taxpayer_no: str, ref: str = "", **changes: Any) -> None:
    with town.session.transaction(stage="intake", known_on=JULY) as transaction:
        values = {"file_no": 1, "record_no": next(SERIAL), "content_digest": "d"} | DECISION
        named = {"taxpayer_no": taxpayer_no, "decision_ref": f"{taxpayer_no}{ref}"}
        transaction.append_row("reduction_decision", **(values | named | changes))


def reduce(town: Town, as_of: date = JULY) -> StageReport:
    return reduce_levies(town.session, SENDAI, 2026, as_of)


def reductions(town: Town, taxpayer_no: str, columns: str = REDUCED) -> list[tuple[Any, ...]]:
    return town.session.con.execute(
        f"SELECT {columns} FROM ledger.levy_reduction WHERE taxpayer_no = ? ORDER BY decision_ref, reduction_version",
        [taxpayer_no],
    ).fetchall()


def test_half_of_what_was_not_due_on_the_day_of_the_application(town: Town) -> None:
    taro = taxpayer(town)
    decide(town, taro)
    assert reduce(town).counts == {"reductions": 1}
    # 316,700 less the first 79,700 are 237,000. City: 251,400 - 79,700 x 251,400 / 316,700 (63,266.8 -> 63,266) = 188,134; half 94,067 -> 94,100.
    # Both: 315,700 - 79,448 (79,700 x 315,700 / 316,700 = 79,448.3) = 236,252; prefecture 48,118; half 24,059 -> 24,100. Left of 237,000: 118,800.
    # The third and fourth: 158,000 x 118,800 / 237,000 = 79,200 -> 79,000, of which the third 39,500 -> 39,000 and the fourth 40,000.
    assert reductions(town, taro) == [(94_100, 24_100, 0, [0, 39_200, 40_000, 39_000])]
    assert reduce(town).commit_no is None


# What is decided, and of the city, the prefecture, the forest tax, and of each instalment it takes off.
CASES: dict[str, tuple[dict[str, Any], tuple[Any, ...]]] = {
    "323条 spares no forest tax": (WHOLE | {"from_period": 4}, (62_712, 16_039, 0, [0, 0, 0, 78_751])),
    "its own law does": (
        WHOLE | {"from_period": 4, "forest_reason": "hardship"},
        (62_712, 16_039, 249, [0, 0, 0, 79_000]),
    ),
    "applied on the first due date: the whole year": (
        WHOLE | {"applied_on": date(2026, 6, 30), "forest_reason": "assistance"},
        (251_400, 64_300, 1_000, FIRST),
    ),
    "only the forest tax": (IN_YEN | {"forest_reason": "disaster"}, (0, 0, 748, [0, 748, 0, 0])),
    # 25,000 x 48,118 / 188,134 = 6,394 -> 6,400.
    "in yen": (IN_YEN | {"reduced_yen": 25_000}, (25_000, 6_400, 0, [0, 10_400, 11_000, 10_000])),
    "never more than there is": (
        IN_YEN | {"reduced_yen": 9_999_999},
        (188_134, 48_118, 0, [0, 78_252, 79_000, 79_000]),
    ),
    "little: the later instalments stay whole": ({"part_denominator": 1_000}, (200, 100, 0, [0, 300, 0, 0])),
    "ex officio, from the day of the decision": (
        {"applied_on": None, "from_period": 4},
        (31_400, 8_100, 0, [0, 0, 0, 39_500]),
    ),
}


def test_what_a_decision_takes_off(town: Town) -> None:
    people = {name: taxpayer(town) for name in CASES}
    for name, (changes, _) in CASES.items():
        decide(town, people[name], **changes)
    reduce(town)
    found = {name: reductions(town, taxpayer_no) for name, taxpayer_no in people.items()}
    assert found == {name: [expected] for name, (_, expected) in CASES.items()}


def test_a_decision_that_reaches_nothing_takes_off_nothing(town: Town) -> None:
    decide(town, taxpayer(town), applied_on=date(2027, 2, 2), decided_on=date(2027, 2, 3))  # everything was due
    decide(town, taxpayer(town), ward_code="041025")  # another ward's levy
    decide(town, "000000000009999")  # nobody assessed
    decide(town, taxpayer(town, ordinary_instalments_yen=[]))  # withheld by the employer
    assert reduce(town).commit_no is None


def test_the_assessment_stays_and_its_correction_computes_the_reduction_anew(town: Town) -> None:
    decide(town, HANAKO)
    reduce(town)
    assert town.versions()[0]["ordinary_instalments_yen"] == FIRST
    town.base(JULY, tax_base_version=2, employment_paid_yen=3_000_000, **ORDINARY)
    town.assess(JULY)
    reduce(town)
    decide(town, HANAKO, submission_kind="cancellation")
    reduce(town)
    versions = reductions(town, HANAKO, "assessment_version, reduction_yen")
    assert [version for version, _ in versions] == [1, 2, 2]
    assert versions[0][1] > versions[1][1] > 0 == versions[2][1]


def test_of_two_decisions_the_later_governs_from_its_first_instalment_on(town: Town) -> None:
    taro = taxpayer(town)
    later = {"from_period": 4, "decided_on": date(2026, 7, 9), "forest_reason": "hardship", **WHOLE}
    decide(town, taro, "-1")
    decide(town, taro, "-2", **later)
    reduce(town)
    # 158,000 are governed by the first: city 125,422 -> 62,800, prefecture 32,079 -> 16,100, 79,100 left, of which 39,550 -> 39,000 in the third.
    assert [row[-1] for row in reductions(town, taro)] == [[0, 38_900, 40_000, 0], [0, 0, 0, 79_000]]
    decide(town, taro, "-1", submission_kind="cancellation")
    reduce(town)
    town.session.pin(2026, JULY)
    assert town.session.con.execute(
        "SELECT reduction_yen, instalment_reductions_yen FROM standing_reduction WHERE taxpayer_no = ?", [taro]
    ).fetchall() == [(79_000, [0, 0, 0, 79_000])]


def test_a_due_date_that_was_moved_later_is_the_one_that_counts(town: Town) -> None:
    taro = taxpayer(town)
    moved = {"notice_no": "2026-17-1", "fiscal_year": 2026, "taxpayer_no": taro, "ward_code": "041017", "period": 1}
    dates = {"late_notice_no": "2026-11-1", "earlier_due_on": date(2026, 6, 30), "due_on": date(2026, 8, 31)}
    with town.session.transaction(stage="release", known_on=JULY) as transaction:
        transaction.append_row("due_date_change", **moved, **dates, release_no=1)
    decide(town, taro)
    reduce(town)
    assert reductions(town, taro)[0][-1][0] > 0


def test_whatever_is_decided_every_yen_is_reduced_once_and_no_more_than_was_levied(town: Town) -> None:
    """A thousand taxpayers with drawn taxes, instalments and decisions: what the invariants of `juminzei verify` say holds for all."""
    draw = Random(45)
    rows, decisions = [], []
    for place in range(1_000):
        city, prefecture, forest = (
            draw.randrange(0, 900_000, 100),
            draw.randrange(0, 300_000, 100),
            draw.choice((0, 1_000)),
        )
        unit = draw.choice((1_000, 1_000, 100))
        share = (city + prefecture + forest) // 4 // unit * unit
        withheld = draw.choice((0, 0, share))
        billed = city + prefecture + forest - withheld
        rows.append((f"1{place:014d}", city, prefecture, forest, [billed - 3 * share, share, share, share]))
        bottom = draw.randint(1, 12)
        measure = draw.choice(((draw.randint(1, bottom), bottom, 0), (0, 1, draw.randint(1, 400_000)), (1, 1, 0)))
        decisions.append((f"1{place:014d}", draw.randint(1, 4), *measure, draw.choice((None, "hardship"))))
    con = town.session.con
    con.execute(
        "CREATE TEMP TABLE drawn (taxpayer_no VARCHAR, city BIGINT, prefecture BIGINT, forest BIGINT, parts BIGINT[])"
    )
    con.executemany("INSERT INTO drawn VALUES (?, ?, ?, ?, ?)", rows)
    con.execute(
        "CREATE TEMP TABLE wish (taxpayer_no VARCHAR, first INTEGER, above INTEGER, below INTEGER, yen BIGINT, forest VARCHAR)"
    )
    con.executemany("INSERT INTO wish VALUES (?, ?, ?, ?, ?, ?)", decisions)
    with town.session.transaction(stage="test", known_on=MAY) as transaction:
        transaction.append(
            "assessment",
            "SELECT one.* EXCLUDE (known_on, commit_no) REPLACE (drawn.taxpayer_no AS taxpayer_no, city AS city_tax_yen, "
            "prefecture AS prefecture_tax_yen, forest AS forest_environment_tax_yen, city + prefecture + forest AS annual_tax_yen, "
            "parts AS ordinary_instalments_yen, 0 AS city_per_capita_yen, 0 AS prefecture_per_capita_yen) FROM ledger.assessment AS one CROSS JOIN drawn "
            f"WHERE one.taxpayer_no = '{HANAKO}' AND version = 1",
        )
        given = ", ".join(f"? AS {name}" for name in DECISION)
        transaction.append(
            "reduction_decision",
            "SELECT one.* REPLACE (wish.taxpayer_no AS taxpayer_no, wish.taxpayer_no AS decision_ref, first AS from_period, above AS "
            "part_numerator, below AS part_denominator, yen AS reduced_yen, forest AS forest_reason), 2 AS file_no, "
            f"row_number() OVER (ORDER BY wish.taxpayer_no) AS record_no, 'd' AS content_digest FROM (SELECT {given}) AS one CROSS JOIN wish",
            [*DECISION.values()],
        )
    reduce(town)
    found = con.execute(
        "SELECT count(*), bool_and(city_reduction_yen BETWEEN 0 AND city AND prefecture_reduction_yen BETWEEN 0 AND prefecture "
        "AND forest_exemption_yen BETWEEN 0 AND drawn.forest), bool_and(reduction_yen = list_sum(instalment_reductions_yen)), "
        "bool_and(list_min(list_transform(parts, lambda part, place: least(part - instalment_reductions_yen[place], instalment_reductions_yen[place]))) >= 0), "
        "count_if(list_sum(parts[2:]) = list_sum(instalment_reductions_yen[2:])) "
        "FROM drawn JOIN ledger.levy_reduction USING (taxpayer_no)"
    ).fetchone()
    assert found is not None
    assert found[0] > 900
    assert found[1:4] == (True, True, True)
    assert 0 < found[4] < found[0]
    query = (SQL / "run" / "invariants" / "076_reductions.sql").read_text(encoding="utf-8")
    ok, decisions, _, above = con.execute(query).fetchone() or ()
    assert (ok, above) == (True, 0)
    assert decisions >= found[0]
    # What is reduced by more than was levied is told.
    values = {
        name: value
        for name, value in zip(
            _columns(con), con.execute("FROM ledger.levy_reduction LIMIT 1").fetchone() or (), strict=True
        )
    }
    more = {"reduction_version": 1, "decision_ref": "too much", "instalment_reductions_yen": [9_999_999, 0, 0, 0]}
    sums = {
        "city_reduction_yen": 9_999_999,
        "prefecture_reduction_yen": 0,
        "forest_exemption_yen": 0,
        "reduction_yen": 9_999_999,
    }
    with town.session.transaction(stage="test", known_on=JULY) as transaction:
        kept = {name: value for name, value in values.items() if name not in ("known_on", "commit_no")}
        transaction.append_row(
            "levy_reduction",
            **(kept | more | sums | {"city_per_capita_reduction_yen": 0, "prefecture_per_capita_reduction_yen": 0}),
        )
    ok, _, _, above = con.execute(query).fetchone() or ()
    assert (ok, above) == (False, 1)


def _columns(con: duckdb.DuckDBPyConnection) -> list[str]:
    return [name for (name,) in con.execute("SELECT column_name FROM (DESCRIBE ledger.levy_reduction)").fetchall()]
