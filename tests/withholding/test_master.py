"""The master of 特別徴収義務者 is what payers and officers said, in versions; nobody gets a number by itself."""

from datetime import date

from tests.withholding.conftest import AOBA, IZUMI, Office

FEBRUARY, MARCH, NEXT_YEAR = date(2026, 2, 10), date(2026, 3, 1), date(2027, 1, 20)


def test_an_employer_comes_into_the_master_with_its_first_report(office: Office) -> None:
    office.report(on=date(2026, 1, 13))
    office.report(on=date(2026, 1, 27), payer_name="（株）青葉")
    report = office.keep()
    assert (report.counts["new"], report.counts["changed"], report.problems) == (1, 0, [])
    assert office.versions("name", "address", "corporate_number", "valid_from", "record_no", "decision_no") == [
        ("A1", 1, "株式会社青葉", "仙台市青葉区国分町１－１", "9990000000001", date(2026, 1, 13), 1, None)
    ]
    assert office.promises_hold()


def test_the_same_run_again_appends_nothing(office: Office) -> None:
    office.report()
    office.summary(payer_kana="アオバ", notice_delivery="electronic")
    office.decide("A1", "change", instalment_exception=True)
    assert office.keep().counts["new"] == 1
    again = office.keep()
    assert (again.commit_no, again.counts["new"], again.counts["changed"]) == (None, 0, 0)
    assert len(office.versions()) == 1


def test_an_employers_own_word_and_officers_decisions_follow_one_another(office: Office) -> None:
    office.report()
    office.keep(date(2026, 1, 31))
    office.summary(on=date(2026, 2, 2), payer_kana="アオバ", notice_delivery="electronic")
    office.keep(date(2026, 2, 2))
    office.decide(
        "A1", "change", on=FEBRUARY, address="仙台市太白区１－１", instalment_exception=True, valid_from="2026-04-01"
    )
    office.keep(MARCH)
    office.summary(on=NEXT_YEAR, year=2027, payer_address="仙台市太白区２－２")
    office.keep(NEXT_YEAR)
    assert office.versions("address", "kana", "instalment_exception", "notice_delivery", "valid_from") == [
        ("A1", 1, "仙台市青葉区国分町１－１", None, False, None, date(2026, 1, 20)),
        ("A1", 2, "仙台市青葉区国分町１－１", "アオバ", False, "electronic", date(2026, 2, 2)),
        ("A1", 3, "仙台市太白区１－１", "アオバ", True, "electronic", date(2026, 4, 1)),
        ("A1", 4, "仙台市太白区２－２", "アオバ", True, "electronic", NEXT_YEAR),
    ]
    history = office.rows("employer_history", designated_no="A1")
    assert [row["もと"] for row in history[1:3]] == ["総括表 ファイル 2 の 1 件目", "決定番号 1（sato 届出）"]
    assert office.promises_hold()


def test_day_by_day_or_all_at_once_the_same_holds_in_the_end(office: Office) -> None:
    """What stands in the newest version does not depend on how often the stage ran."""
    for day, kind in ((1, "a"), (2, "b"), (3, "c")):
        office.report(f"A{day}", on=date(2026, 1, day), payer_name=f"甲{kind}")
        office.summary("A1", on=date(2026, 2, day), payer_name=f"乙{kind}", payer_kana=None if day == 3 else "オツ")
    office.keep()
    assert office.versions("name", "kana") == [("A1", 1, "乙c", "オツ"), ("A2", 1, "甲b", None), ("A3", 1, "甲c", None)]


def test_what_became_known_later_is_not_in_an_earlier_run(office: Office) -> None:
    office.report(on=date(2026, 1, 20))
    office.summary(on=FEBRUARY, payer_name="青葉ホールディングス")
    assert office.keep(date(2026, 1, 31)).counts["new"] == 1
    assert office.versions("name") == [("A1", 1, "株式会社青葉")]


def test_a_new_employer_gets_no_number_by_itself_and_is_listed(office: Office) -> None:
    first = office.report(None)
    office.report(None)
    office.summary(None, **IZUMI)
    report = office.keep()
    assert (report.commit_no, report.counts["unnumbered"]) == (None, 2)
    assert report.lines[0] == "指定番号のない給与支払者: 2 件（`juminzei employers unnumbered`）"
    assert office.rows("unnumbered") == [
        {"名称": "株式会社青葉", "所在地": "仙台市青葉区国分町１－１", "法人番号": "9990000000001", "報告人員": 2,
         "資料番号": first, "同じ番号の事業者": ""},
        {"名称": "泉商店", "所在地": "仙台市泉区将監９－１", "法人番号": "9990000000002", "報告人員": 0,
         "資料番号": None, "同じ番号の事業者": ""},
    ]  # fmt: skip


def test_an_officer_numbers_a_new_employer_by_one_of_its_reports(office: Office) -> None:
    document = office.report(None)
    office.decide("B7", "register", document_no=document)
    report = office.keep()
    assert (report.counts["new"], report.counts["unnumbered"]) == (1, 0)
    assert office.versions("name", "corporate_number", "decision_no") == [("B7", 1, "株式会社青葉", "9990000000001", 1)]
    (row,) = office.rows("employer_list")
    assert (row["指定番号"], row["報告人員"]) == ("B7", 1)


def test_a_proprietor_is_known_by_the_number_id_of_its_report(office: Office) -> None:
    person = AOBA | {"payer_corporate_number": None, "payer_number_id": 77}
    document = office.report(None, **person)
    office.report(None, **person | {"payer_name": "青葉　太郎"})
    office.decide("P1", "register", document_no=document)
    assert office.keep().counts["unnumbered"] == 0
    assert office.versions("number_id", "corporate_number") == [("P1", 1, 77, None)]
    assert office.rows("employer_history", designated_no="P1")[0]["法人番号"] == "個人"


def test_without_any_number_name_and_address_tell_the_employer(office: Office) -> None:
    nameless = AOBA | {"payer_corporate_number": None}
    office.report(None, **nameless)
    office.decide("B8", "register", name=AOBA["payer_name"], address=AOBA["payer_address"])
    assert office.keep().counts["unnumbered"] == 0
    office.report(None, **nameless | {"payer_address": "よその町"})
    assert office.keep().counts["unnumbered"] == 1


def test_two_employers_of_one_corporate_number_are_named_as_candidates(office: Office) -> None:
    office.report("A1")
    office.report("A2", payer_address="支店")
    office.report(None, payer_address="どちらか")
    office.keep()
    (row,) = office.rows("unnumbered")
    assert row["同じ番号の事業者"] == "A1・A2"


def test_who_reports_under_anothers_number_changes_nothing_and_is_listed(office: Office) -> None:
    office.report("A1")
    office.keep(date(2026, 1, 31))
    office.report("A1", on=FEBRUARY, **IZUMI)
    office.summary("A1", on=FEBRUARY, **IZUMI)
    report = office.keep()
    assert (report.commit_no, report.counts["number_conflicts"]) == (None, 2)
    assert [(row["指定番号"], row["名称"], row["法人番号"], row["台帳の法人番号"]) for row in office.conflicts()] == [
        ("A1", "泉商店", "9990000000002", "9990000000001")
    ] * 2


def test_after_a_decision_the_new_number_is_the_employers(office: Office) -> None:
    office.report("A1")
    office.summary("A1", on=FEBRUARY, **IZUMI)
    office.decide("A1", "change", on=MARCH, corporate_number="9990000000002")
    office.keep()
    assert office.versions("name", "corporate_number") == [("A1", 1, "泉商店", "9990000000002")]


def test_a_merged_employers_reports_are_its_successors(office: Office) -> None:
    office.report("A1")
    office.report("A2", **IZUMI)
    office.report("A3", payer_name="若林", payer_corporate_number="9990000000003")
    office.keep(date(2026, 1, 31))
    office.decide("A1", "merge", merged_into="A2", valid_from="2026-04-01")
    office.decide("A2", "merge", merged_into="A3")
    assert office.keep().counts["changed"] == 2
    assert office.versions("merged_into", "valid_from")[1] == ("A1", 2, "A2", date(2026, 4, 1))
    assert {row["指定番号"]: row["報告人員"] for row in office.rows("employer_list")} == {"A1": 0, "A2": 0, "A3": 3}
    assert office.promises_hold()


def test_a_merger_can_be_undone(office: Office) -> None:
    office.report("A1")
    office.report("A2", **IZUMI)
    office.decide("A1", "merge", merged_into="A2")
    office.keep()
    office.decide("A1", "merge", on=MARCH, merged_into="")
    office.keep()
    assert office.versions("merged_into")[:2] == [("A1", 1, "A2"), ("A1", 2, None)]


REFUSED = {
    "number_taken": (
        "A1", "register", {"name": "別", "address": "別"},
        "項目: 指定番号 ／ 内容: その番号の特別徴収義務者は既にいます ／ 正しい形: まだ使っていない指定番号",
    ),
    "unknown_document": (
        "B7", "register", {"document_no": 99},
        "項目: 資料番号 ／ 内容: その番号の給与支払報告書は台帳にありません ／ 正しい形: 台帳にある給与支払報告書の資料番号",
    ),
    "unknown_number": (
        "Z9", "change", {"name": "別"},
        "項目: 指定番号 ／ 内容: その番号の特別徴収義務者はいません ／ 正しい形: 台帳にある指定番号",
    ),
    "unknown_successor": (
        "A1", "merge", {"merged_into": "Z9"},
        "項目: 合併先の指定番号 ／ 内容: その番号の特別徴収義務者はいません ／ 正しい形: 台帳にある指定番号",
    ),
    "malformed": (
        "A1", "change", {"nmae": "別"},
        "項目: 決定の補足 ／ 内容: 決定に要る項目が足りないか、余分な項目があります ／ 正しい形: `juminzei employers` で作った決定",
    ),
}  # fmt: skip


def test_decisions_that_cannot_be_carried_out_are_told_and_the_rest_goes_on(office: Office) -> None:
    office.report("A1")
    for number, verdict, change, _ in REFUSED.values():
        office.decide(number, verdict, **change)
    report = office.keep()
    assert report.counts["new"] == 1
    assert [str(problem) for problem in report.problems] == [
        f"職員の決定（決定番号 {no}）を特別徴収義務者の台帳に反映できません ／ {told} ／ "
        "対処: 同じ指定番号について正しい決定を出してください（取り消すだけなら `juminzei employers withdraw`）。"
        "ほかの特別徴収義務者の整備は済んでいます"
        for no, (*_, told) in enumerate(REFUSED.values(), start=1)
    ]
    for number in ("A1", "B7", "Z9"):
        office.decide(number, "withdraw", on=MARCH)
    assert office.keep().problems == []


def test_employers_cannot_be_merged_in_a_circle(office: Office) -> None:
    for number, payer in (("A1", AOBA), ("A2", IZUMI)):
        office.report(number, **payer)
    office.decide("A1", "merge", merged_into="A2")
    office.decide("A2", "merge", on=MARCH, merged_into="A1")
    report = office.keep()
    assert [problem.found for problem in report.problems] == ["合併先が、この特別徴収義務者に合併されています"]
    assert office.versions("merged_into") == [("A1", 1, "A2"), ("A2", 1, None)]
    assert office.promises_hold()
