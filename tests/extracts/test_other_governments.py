"""The prefecture hears how many were assessed and what is levied; the tax office, which relatives were denied."""

from datetime import date

from tests.extracts.conftest import BY_BILL, DECIDED_ON, FROM_WAGES, HANAKO, JIRO, NOTHING_OWED, TARO, Books

LATER = date(2026, 7, 1)


def test_the_prefecture_counts_whoever_was_assessed_once_and_what_is_levied_now(books: Books) -> None:
    books.assessed(HANAKO)
    books.assessed(TARO, **FROM_WAGES)
    books.assessed(JIRO, **NOTHING_OWED, **BY_BILL)
    books.assessed(TARO, version=2, on=LATER, **NOTHING_OWED, **BY_BILL)
    for day, levied in ((DECIDED_ON, ["employment", "ordinary"]), (LATER, ["ordinary"])):
        (file,) = books.payload("prefecture-levy_report", day).files
        rows = [
            (row["section"], row["collection_method"], row["item"], row["person_count"], row["amount_yen"])
            for row in books.rows(file)
        ]
        assert rows == [
            ("assessed", "", "納税義務者", "2", "0"),
            *(
                ("levy", method, item, "1", yen)
                for method in levied
                for item, yen in (("均等割", "2200"), ("所得割", "36500"))
            ),
        ]
        assert file.yen == 38_700 * len(levied)


def test_nobody_assessed_nothing_to_report(books: Books) -> None:
    books.assessed(HANAKO, **NOTHING_OWED, **BY_BILL)
    assert books.payload("prefecture-levy_report").files == ()


def test_the_tax_office_hears_of_denied_relatives_only_and_of_no_protected_address(books: Books) -> None:
    books.resident(HANAKO)
    books.resident(TARO, protected_address=True)
    for document_no in (1, 2):
        books._append("document", DECIDED_ON, {"document_no": document_no, "document_kind": "wage_report"})
    books.session.con.execute(
        "CREATE TEMP TABLE claimed_relative AS SELECT * FROM (VALUES "
        f"('{HANAKO}', 1, 'dependant', 1, '山田　一郎', DATE '2001-05-05', true, 'deny', DATE '2026-06-01', '所得超過'), "
        f"('{HANAKO}', 1, 'spouse', 1, '山田　次郎', NULL, true, 'allow', DATE '2026-06-01', '確認'), "
        f"('{TARO}', 2, 'spouse', 1, '山田　幸子', NULL, true, 'deny', DATE '2026-06-02', '所得超過')) "
        "AS claim (taxpayer_no, document_no, role, relative_no, name, born_on, claimed, verdict, decided_on, verdict_reason)"
    )
    (file,) = books.payload("tax_office-denied_relatives").files
    rows = books.rows(file)
    assert [(row["taxpayer_no"], row["relative_name"], row["relative_born_on"], row["role"]) for row in rows] == [
        (HANAKO, "山田　一郎", "2001-05-05", "dependant"),
        (TARO, "山田　幸子", "", "spouse"),
    ]
    assert [row["address"] == "" for row in rows] == [False, True]
