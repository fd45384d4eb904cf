"""Claimed relatives: what is doubtful about them, what an officer's verdict does, and who has not filed at all."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from pipelines.consolidation.lists import keep_findings, keep_non_filers
from pipelines.consolidation.origin import origins_of
from pipelines.run.rows import rows
from tests.consolidation.conftest import HANAKO, PRIORITY, RECEIVED_ON, Town, new_town

AS_OF = date(2026, 5, 1)
HOUSE = "000000000000001"


def no(serial: int) -> str:
    return f"{serial:015d}"


class Family:
    """A town with people in Hanako's household, named in documents."""

    def __init__(self, town: Town) -> None:
        self.town = town

    def person(self, serial: int, born_on: date, *, income_yen: int | None = None, household: str = HOUSE) -> str:
        """Somebody of the register; with an income, assessed."""
        own = {"number_id": serial, "name": f"山田　{serial}", "born_on": born_on, "household_no": household}
        self.town.resident(no(serial), **own)
        if income_yen is not None:
            self.assessed(no(serial), income_yen)
        return no(serial)

    def assessed(self, taxpayer_no: str, income_yen: int, version: int = 1, **figures: int) -> None:
        kinds = self.town.ask(
            "SELECT column_name, data_type FROM duckdb_columns() WHERE table_name = 'assessment' AND NOT is_nullable"
        )
        nought: dict[str, Any] = {"BIGINT": 0, "INTEGER": 0, "BOOLEAN": False, "VARCHAR": "", "DATE": RECEIVED_ON}
        blank = {name: nought.get(kind, []) for name, kind in kinds if name not in ("known_on", "commit_no")}
        own = {"fiscal_year": 2026, "taxpayer_no": taxpayer_no, "version": version, "total_income_yen": income_yen}
        self.town.append("assessment", RECEIVED_ON, **blank | own | figures)

    def name(
        self, document_no: int, role: str, place: int, of: str | None, reason: str = "no_candidate", **written: Any
    ) -> str:
        """A relative in a wage report, whom matching found to be `of`; the subject of a verdict."""
        named = {"document_no": document_no, "role": role, "relative_no": place}
        blank = {"name": "山田　", "kana": "", "residence_code": "00", "number_id": None}
        self.town.append("wage_report_relative", RECEIVED_ON, **named | blank | written)
        rule, why = ("number_and_attributes", None) if of else (None, reason)
        found = {"relative_link_version": 1, "taxpayer_no": of, "rule": rule, "reason": why}
        self.town.append("relative_link", RECEIVED_ON, **named | found)
        (owner,) = self.town.ask(f"SELECT taxpayer_no FROM document_link WHERE document_no = {document_no}")[-1]
        return f"{owner}:{document_no}:{role}:{place}"

    def decide(self, subject: str, verdict: str, on: date = date(2026, 4, 1)) -> None:
        decision = {"decision_no": self.town.session.next_no("decision", "decision_no"), "decision_kind": "relative"}
        text = {"detail": "", "reason": "確認済み", "officer": "sato", "channel": "file", "signature": ""}
        said = {"subject": subject, "verdict": verdict, "decided_on": on, "file_no": None}
        self.town.append("decision", on, **decision | said | text)

    def findings(self, as_of: date = AS_OF) -> set[tuple[str, int, str]]:
        """(role, place, finding) of everybody, by the places in the documents."""
        self.town.session.pin(2026, as_of)
        keep_findings(self.town.session, 2026, PRIORITY)
        return set(self.town.ask("SELECT role, relative_no, finding FROM relative_finding"))


@pytest.fixture
def family(town: Town) -> Family:
    return Family(town)


@pytest.fixture(scope="module")
def doubtful() -> Iterator[Family]:
    """One report that names everybody about whom, or about whose neighbour in age or income, there is a doubt."""
    with new_town() as town:
        family = Family(town)
        counts = {"dependant_specific_count": 3, "dependant_elderly_count": 2, "dependant_other_count": 5}
        report = town.report(has_spouse=True, spouse_elderly=True, dependant_under_16_count=2, **counts)
        family.name(report, "spouse", 1, family.person(901, date(1956, 1, 1)))  # 70 on 31 December
        for place, born_on in ((1, date(2010, 1, 1)), (2, date(2010, 1, 2))):  # 16, 15
            family.name(report, "under_16", place, family.person(910 + place, born_on))
        dependants: list[tuple[date, int | None]] = [
            (date(2010, 1, 1), None),  # 1: 16
            (date(2010, 1, 2), None),  # 2: 15, too young
            (date(2007, 1, 1), None),  # 3: 19
            (date(2003, 1, 2), None),  # 4: 22
            (date(2003, 1, 1), None),  # 5: 23, claimed as 特定: its third place is free
            (date(1956, 1, 1), None),  # 6: 70
            (date(1956, 1, 2), None),  # 7: 69, claimed as 老人: its second place is free
            (date(1990, 6, 1), 580_000),  # 8
            (date(1990, 6, 1), 580_001),  # 9
            (date(1990, 6, 1), 0),  # 10: a twin of 9's age, without income
        ]
        for place, (born_on, income_yen) in enumerate(dependants, start=1):
            family.name(report, "dependant", place, family.person(920 + place, born_on, income_yen=income_yen))
        other = town.report(of=family.person(960, date(1970, 1, 1)), dependant_other_count=4)
        for place, reason in enumerate(("elsewhere", "left_register", "several_candidates", "abroad"), start=11):
            family.name(other, "dependant", place, None, reason)
        for place, (born_on, income_yen) in enumerate(
            ((date(2003, 1, 2), 1_230_000), (date(2003, 1, 2), 1_230_001), (date(2003, 1, 1), 600_000)), start=1
        ):
            role = "specific_relative"
            family.name(report, role, place, family.person(940 + place, born_on, income_yen=income_yen))
        yield family


def test_what_is_doubtful_is_told_and_its_neighbours_are_not(doubtful: Family) -> None:
    assert doubtful.findings() == {
        ("under_16", 1, "wrong_age"),
        ("dependant", 2, "wrong_age"),
        ("dependant", 5, "wrong_age"),
        ("dependant", 7, "wrong_age"),
        ("dependant", 9, "income_over_limit"),
        ("dependant", 11, "lives_elsewhere"),
        ("dependant", 12, "left_register"),
        ("dependant", 13, "unfound"),
        ("specific_relative", 2, "income_over_limit"),
        ("specific_relative", 3, "wrong_age"),
    }


def test_the_lists_say_whom_to_ask_and_why(doubtful: Family) -> None:
    doubtful.findings()
    listed = {row["対象"]: (row["理由"], row["内容"]) for row in rows(doubtful.town.session, "relative_findings")}
    assert listed[f"{HANAKO}:1:dependant:9"] == ("所得が限度を超える", "合計所得金額 580,001円")
    assert listed[f"{HANAKO}:1:dependant:5"] == ("年齢が区分と合わない", "23歳、特定として申告")
    asked = rows(doubtful.town.session, "relative_inquiries")
    assert [(row["対象"], row["理由"]) for row in asked] == [
        (f"{no(960)}:2:dependant:11", "住民登録なし"),
        (f"{no(960)}:2:dependant:12", "前の年度の住民（除票を確認）"),
    ]


def test_the_newest_assessment_is_what_counts(doubtful: Family) -> None:
    doubtful.assessed(no(929), 580_000, version=2)
    assert ("dependant", 9, "income_over_limit") not in doubtful.findings()


def test_a_spouse_may_earn_what_is_claimed_for(family: Family) -> None:
    claims = [(None, 580_000), (None, 580_001), (900_000, 1_330_000), (900_000, 1_330_001)]
    for place, (declared_yen, assessed_yen) in enumerate(claims, start=1):
        claimant = family.person(800 + place, date(1984, 1, 1), household=no(place))
        report = family.town.report(of=claimant, has_spouse=True, spouse_total_income_yen=declared_yen)
        family.name(report, "spouse", place, family.person(900 + place, date(1986, 1, 1), income_yen=assessed_yen))
    assert family.findings() == {("spouse", 2, "income_over_limit"), ("spouse", 4, "income_over_limit")}


def test_who_is_claimed_twice_is_told_of_both_until_one_is_denied(family: Family) -> None:
    husband, child = family.person(901, date(1984, 1, 1)), family.person(902, date(2008, 5, 5))
    hers = family.town.report(dependant_other_count=1)
    his = family.town.report(of=husband, has_spouse=True, dependant_other_count=1)
    of_hers = family.name(hers, "dependant", 1, child)
    family.name(his, "dependant", 2, child)
    family.name(his, "spouse", 1, HANAKO)  # she claims the child and is claimed herself
    assert family.findings() == {
        ("dependant", 1, "claimed_twice"),
        ("dependant", 1, "claimant_is_claimed"),
        ("dependant", 2, "claimed_twice"),
    }
    family.decide(of_hers, "deny")
    assert family.findings() == set()
    assert family.findings(date(2026, 3, 31)) != set()  # the day before the decision


def test_an_inquiry_goes_to_where_the_register_says_that_the_relative_lived(family: Family) -> None:
    report = family.town.report(dependant_other_count=2)
    family.name(report, "dependant", 1, None, "elsewhere", number_id=77)
    family.name(report, "dependant", 2, None, "elsewhere", number_id=78)
    moved = {"taxpayer_no": no(977), "number_id": 77, "change_kind": "moved_in", "happened_on": date(2026, 2, 1)}
    told = {"submission_kind": "new", "january_municipality": "011002", "notified_on": date(2026, 2, 1)}
    columns = family.town.ask("SELECT column_name FROM duckdb_columns() WHERE table_name = 'register_change'")
    blank = {name: None for (name,) in columns if name not in ("known_on", "commit_no")}
    place = {"file_no": 2, "record_no": 1, "content_digest": "1"}
    family.town.append("register_change", date(2026, 2, 1), **blank | moved | told | place)
    family.findings()
    asked = rows(family.town.session, "relative_inquiries")
    assert [row["1月1日の市区町村"] for row in asked] == ["011002", ""]


def test_what_another_municipality_answers_is_a_finding_and_no_verdict(family: Family) -> None:
    report = family.town.report(dependant_other_count=4)
    places = {place: family.name(report, "dependant", place, None, "elsewhere") for place in range(1, 6)}
    before = family.town.base()
    answers = {
        1: ("found", 580_001, False), 2: ("found", 580_000, False), 3: ("found", 0, True), 4: ("not_found", None, None),
    }  # fmt: skip
    for place, (kind, income_yen, claimed) in answers.items():
        number = f"2026-44-{places[place].replace(':', '-')}"
        key = {"file_no": 3, "record_no": place, "content_digest": "-", "fiscal_year": 2026, "notice_no": number}
        said = {"answer_kind": kind, "total_income_yen": income_yen, "claimed_elsewhere": claimed}
        sender = {"sender_municipality": "011002", "answered_on": date(2026, 4, 10)}
        family.town.append("relative_inquiry_answer", date(2026, 4, 12), **key | said | sender)
    assert family.findings(date(2026, 4, 11)) == {("dependant", place, "lives_elsewhere") for place in places}
    assert family.findings() == {
        ("dependant", 1, "income_over_limit"),
        ("dependant", 2, "answered_fits"),
        ("dependant", 3, "claimed_elsewhere"),
        ("dependant", 4, "answered_without"),
        ("dependant", 5, "lives_elsewhere"),
    }
    shown = {row["対象"]: row["内容"] for row in rows(family.town.session, "relative_findings")}
    assert shown[places[1]] == "合計所得金額 580,001円（団体 011002 の回答。否認の案）"
    assert shown[places[2]].endswith("是認の案")
    assert family.town.base() == before


def test_somebody_allowed_leaves_the_list_and_stays_in_the_base(family: Family) -> None:
    report = family.town.report(dependant_specific_count=1)
    subject = family.name(report, "dependant", 1, None, "elsewhere")
    before = family.town.base()
    family.decide(subject, "allow")
    assert family.findings() == set()
    assert family.town.base() == before


def test_somebody_denied_counts_no_longer_and_no_rerun_undoes_it(family: Family) -> None:
    def report(kind: str) -> list[str]:
        counts = {"dependant_specific_count": 1, "dependant_other_count": 1, "dependant_under_16_count": 1}
        document = family.town.report(kind, has_spouse=True, spouse_total_income_yen=100_000, **counts)
        people = [("spouse", 1, 901), ("dependant", 1, 902), ("dependant", 2, 903), ("under_16", 1, 904)]
        return [family.name(document, role, place, no(serial)) for role, place, serial in people]

    def claimed() -> tuple[Any, ...]:
        base = family.town.base()
        counts = tuple(base[f"dependant_{kind}_count"] for kind in ("specific", "other", "under_16"))
        return (base["tax_base_version"], base["has_spouse"], base["spouse_taxpayer_no"], *counts)

    for serial, year in ((901, 1986), (902, 2005), (903, 2008), (904, 2015)):
        family.person(serial, date(year, 3, 3))
    spouse, student, pupil, _ = report("new")
    assert claimed() == (1, True, no(901), 1, 1, 1)
    family.decide(student, "deny")
    assert claimed() == (2, True, no(901), 0, 1, 1)
    family.decide(spouse, "deny")
    assert claimed() == (3, False, None, 0, 1, 1)
    report("correction")  # names the same people again
    assert claimed() == (4, False, None, 0, 1, 1)
    denied = rows(family.town.session, "denied_relatives")
    assert [(row["否認した区分"], row["決定番号"]) for row in denied] == [
        ("特定扶養親族", 1),
        ("配偶者", 2),
    ]
    told = {one.name: one.note for one in origins_of(family.town.session, 2026, HANAKO, 2, PRIORITY).inputs}
    assert told["dependant_specific_count"] == "職員の決定により否認した配偶者・扶養親族を除いた"
    assert told["employment_paid_yen"].startswith("前職分")
    family.decide(student, "withdraw", date(2026, 4, 2))
    family.decide(pupil, "deny", date(2026, 4, 2))
    assert claimed() == (5, False, None, 1, 0, 1)


def test_a_denial_takes_away_the_disability_that_a_report_only_counts(family: Family) -> None:
    """By the person's 手帳 where there is one; and never more disabled relatives stay than relatives."""
    counts = {"disability_special_count": 1, "disability_special_living_together_count": 1, "disability_other_count": 1}
    document = family.town.report(dependant_other_count=3, **counts)
    held, plain, last = (
        family.name(document, "dependant", place, family.person(900 + place, date(1990, 3, 3))) for place in (1, 2, 3)
    )
    family.town.append(
        "person_status", RECEIVED_ON, file_no=1, record_no=1, content_digest="1", taxpayer_no=no(901), submission_kind="new",
        status_kind="disability_special", from_on=date(2020, 1, 1), to_on=None,
    )  # fmt: skip

    def disabled() -> tuple[int, ...]:
        base = family.town.base()
        return tuple(base[name] for name in counts)

    assert disabled() == (1, 1, 1)
    family.decide(held, "deny")
    assert disabled() == (0, 0, 1)
    family.decide(held, "withdraw", date(2026, 4, 2))
    family.decide(plain, "deny", date(2026, 4, 2))
    assert disabled() == (1, 1, 1)  # two relatives stay, and may be the two
    assert [row["注意"] for row in rows(family.town.session, "denied_relatives")] == [
        "障害者の数 2 のうち 2 を残した（確認）"
    ]
    family.decide(last, "deny", date(2026, 4, 3))
    assert disabled() == (1, 1, 0)
    family.decide(held, "deny", date(2026, 4, 4))
    assert disabled() == (0, 0, 0)


def test_the_deduction_for_a_specific_relative_is_what_her_own_income_allows(family: Family) -> None:
    born = date(2005, 3, 3)
    incomes = {1: 950_000, 2: 950_001, 3: 580_000, 4: 1_230_001, 5: None}
    document = family.town.report(dependant_other_count=1)
    subjects = {
        place: family.name(
            document, "specific_relative", place, family.person(900 + place, born, income_yen=income_yen)
        )
        for place, income_yen in incomes.items()
    }
    family.name(document, "specific_relative", 6, family.person(906, date(2003, 1, 1), income_yen=950_000))  # 23
    assert family.town.base()["specific_relative_special_yen"] == 450_000 + 410_000
    assert family.findings() == {
        ("specific_relative", 3, "income_within_limit"),
        ("specific_relative", 4, "income_over_limit"),
        ("specific_relative", 5, "income_unknown"),
        ("specific_relative", 6, "wrong_age"),
    }
    family.decide(subjects[1], "deny")
    assert family.town.base()["specific_relative_special_yen"] == 410_000
    family.assessed(no(905), 1_000_001, version=1)
    assert family.town.base()["specific_relative_special_yen"] == 410_000 + 310_000


def test_a_verdict_that_fits_nobody_is_a_problem_until_it_is_withdrawn(family: Family) -> None:
    family.name(family.town.report(dependant_other_count=1), "dependant", 1, None)
    wrong = [
        (f"{HANAKO}:1:dependant:2", "deny", "その親族の記載がありません"),
        (f"{no(7)}:1:dependant:1", "deny", "その納税義務者のものではありません"),
        (f"{HANAKO}:1:dependant:1", "perhaps", "どれでもありません"),
    ]
    for subject, verdict, _ in wrong:
        family.decide(subject, verdict)
    for problem, (_, _, found) in zip(family.town.consolidate().problems, wrong, strict=True):
        assert found in str(problem)
    for subject, _, _ in wrong:
        family.decide(subject, "withdraw", date(2026, 4, 2))
    assert family.town.consolidate().problems == []


def test_who_has_not_filed_is_of_age_and_nobody_s_dependant(family: Family) -> None:
    family.name(family.town.report(dependant_other_count=2), "dependant", 1, family.person(901, date(1990, 1, 1)))
    denied = family.name(1, "dependant", 2, family.person(902, date(1990, 1, 1)))
    for serial, born_on in ((903, date(2008, 1, 1)), (904, date(2008, 1, 2))):  # 18 on 31 December, and 17
        family.person(serial, born_on)
    waiting = family.town.document("wage_report", 1, of=None)
    review = {"review_version": 1, "reason": "attributes_differ", "message": "", "evidence": [""]}
    family.town.append("review_item", RECEIVED_ON, document_no=waiting, candidates=[no(903)], **review)
    family.decide(denied, "deny")
    family.town.session.pin(2026, AS_OF)
    keep_non_filers(family.town.session, 2026, PRIORITY)
    listed = rows(family.town.session, "non_filers")
    assert [(row["宛名番号"], row["年齢"], row["注意"]) for row in listed] == [
        (no(902), 36, ""),
        (no(903), 18, "突合保留の資料の候補"),
    ]
