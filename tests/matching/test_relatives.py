"""Who the spouses and dependants of the documents are: by exact rules, and by none where somebody else could be meant."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import duckdb
import pytest

from pipelines.city import load_city
from pipelines.ledger import LedgerSession, RunIdentity, migrations
from pipelines.matching import invariants
from pipelines.matching.match import match
from tests.matching.conftest import RECEIVED_ON, Town

OFFICE = load_city("041009")
TAXPAYER = "000000000000201"
HOME, ELSEWHERE = "仙台市青葉区国分町２－２", "仙台市泉区将監３－３"
# The register: the taxpayer's household, and people whom a rule must not take for one of it.
PEOPLE = {
    TAXPAYER: (1, 21, "鈴木　一郎", "スズキ　イチロウ", date(1980, 5, 5), HOME),
    "000000000000202": (1, 22, "鈴木　京子", "スズキ　キョウコ", date(1982, 6, 6), HOME),
    "000000000000203": (1, 23, "鈴木　葵", "スズキ　アオイ", date(2012, 1, 1), HOME),
    "000000000000204": (1, 24, "鈴木　碧", "スズキ　アオイ", date(2012, 1, 1), HOME),  # a twin, called the same
    "000000000000205": (1, 25, "鈴木　翔", "スズキ　ショウ", date(2006, 12, 31), HOME),
    "000000000000206": (
        2,
        26,
        "鈴木　キク",
        "スズキ　キク",
        date(1950, 3, 3),
        HOME,
    ),  # another household at the address
    "000000000000207": (3, 27, "鈴木　翔", "スズキ　ショウ", date(2006, 12, 31), ELSEWHERE),  # a namesake of the son
    "000000000000208": (4, 28, "田中　実", "タナカ　ミノル", date(1948, 7, 7), ELSEWHERE),
    "000000000000209": (5, 29, "林　茂", "ハヤシ　シゲル", date(1946, 8, 8), ELSEWHERE),
    "000000000000210": (6, 29, "林　繁", "ハヤシ　シゲル", date(1946, 8, 9), ELSEWHERE),  # the same number twice
}
# (role, what is written) → the taxpayer number's end, the rule, the reason
WAGE: list[tuple[str, dict[str, Any], tuple[str | None, str | None, str | None]]] = [
    ("spouse", {"number_id": 22, "kana": "ｽｽﾞｷ ｷﾖｳｺ"}, ("202", "number_and_attributes", None)),
    ("dependant", {"number_id": 22, "name": "鈴木　幸子", "kana": "ｽｽﾞｷ ｻﾁｺ"}, (None, None, "attributes_differ")),
    ("dependant", {"number_id": 21, "name": "鈴木　一郎", "kana": "ｽｽﾞｷ ｲﾁﾛｳ"}, (None, None, "attributes_differ")),
    ("under_16", {"number_id": 23, "name": "鈴木　葵", "kana": "ｽｽﾞｷ ｱｵｲ"}, ("203", "number_and_attributes", None)),
    ("under_16", {"number_id": 23, "name": "鈴木　蒼", "kana": "ｽｽﾞｷ ｱｵｲ"}, (None, None, "several_candidates")),
    ("dependant", {"name": "鈴木　キク", "kana": "ｽｽﾞｷ ｷｸ"}, ("206", "household_name", None)),
    ("dependant", {"name": "田中　実", "kana": "ﾀﾅｶ ﾐﾉﾙ"}, (None, None, "no_candidate")),  # lives elsewhere in the city
    ("under_16", {"name": "鈴木　葵", "kana": "ｽｽﾞｷ ｱｵｲ"}, ("203", "household_name", None)),
    ("dependant", {"name": "鈴木　キク", "kana": ""}, (None, None, "no_candidate")),  # a name alone
    ("dependant", {"number_id": 99, "name": "高橋　トメ", "kana": "ﾀｶﾊｼ ﾄﾒ"}, (None, None, "elsewhere")),
    ("dependant", {"number_id": 98, "name": "鈴木　キク", "kana": "ｽｽﾞｷ ｷｸ"}, (None, None, "number_differs")),
    ("dependant", {"name": "LEE", "kana": "", "residence_code": "01"}, (None, None, "abroad")),
    ("dependant", {"number_id": 97, "name": "鈴木　剛", "kana": "ｽｽﾞｷ ﾂﾖｼ"}, (None, None, "left_register")),
    ("dependant", {"number_id": 96, "name": "鈴木　清", "kana": "ｽｽﾞｷ ｷﾖｼ"}, (None, None, "died")),
    ("dependant", {"number_id": 95, "name": "鈴木　恵", "kana": "ｽｽﾞｷ ﾒｸﾞﾐ"}, (None, None, "elsewhere")),
    ("dependant", {"number_id": 29, "name": "林　茂", "kana": "ﾊﾔｼ ｼｹﾞﾙ"}, (None, None, "several_candidates")),
]
RETURN: list[tuple[str, dict[str, Any], tuple[str | None, str | None, str | None]]] = [
    # the son lives with the taxpayer and the namesake does not
    (
        "dependant",
        {"number_id": 25, "name": "鈴木翔", "born_on": date(2006, 12, 31)},
        ("205", "number_and_attributes", None),
    ),
    (
        "dependant",
        {"number_id": 27, "name": "鈴木翔", "born_on": date(2006, 12, 31)},
        (None, None, "several_candidates"),
    ),
    ("dependant", {"number_id": 25, "name": "鈴木翔", "born_on": date(2007, 1, 1)}, (None, None, "attributes_differ")),
    ("dependant", {"name": "鈴木翔", "born_on": date(2006, 12, 31)}, ("205", "household", None)),
    ("dependant", {"name": "鈴木翔", "born_on": date(2007, 1, 1)}, (None, None, "no_candidate")),
    # the birth date of the number's bearer, and another family name: married since
    (
        "dependant",
        {"number_id": 28, "name": "鈴木実", "born_on": date(1948, 7, 7)},
        ("208", "number_and_attributes", None),
    ),
    ("under_16", {"number_id": 24, "name": "鈴木葵", "born_on": date(2012, 1, 1)}, (None, None, "several_candidates")),
    ("under_16", {"name": "鈴木碧", "born_on": date(2012, 1, 1)}, ("204", "household", None)),
    ("dependant", {"name": "田中実", "born_on": date(1948, 7, 7), "living_apart": True}, (None, None, "elsewhere")),
]


@pytest.fixture(scope="module")
def office() -> Iterator[Town]:
    con = duckdb.connect(":memory:")
    con.execute("ATTACH ':memory:' AS ledger")
    con.execute("USE ledger")
    for file in migrations.migrations():
        con.execute(file.read_text(encoding="utf-8"))
    town = Town(LedgerSession(con, RunIdentity()))
    for no, (household, number_id, name, kana, born_on, address) in PEOPLE.items():
        of = {"household_no": f"{household:015d}", "number_id": number_id, "born_on": born_on, "sex": "unknown"}
        town.resident(no, name=name, kana=kana, address=address, **of)
    # Of three who lived here last year, the register's changes tell what became of two.
    for serial, number_id, name, kana in (
        (299, 97, "鈴木　剛", "スズキ　ツヨシ"),
        (298, 96, "鈴木　清", "スズキ　キヨシ"),
        (297, 95, "鈴木　恵", "スズキ　メグミ"),
    ):
        gone = {"number_id": number_id, "name": name, "kana": kana, "born_on": date(1930, 1, 1), "sex": "unknown"}
        town.resident(f"{serial:015d}", fiscal_year=2025, address=HOME, **gone)
    _change(town, f"{298:015d}", "died", date(2025, 8, 1))
    _change(town, f"{297:015d}", "moved_out", date(2025, 12, 1))
    written = {"number_id": 21, "name": "鈴木　一郎", "kana": "ｽｽﾞｷ ｲﾁﾛｳ", "born_on": date(1980, 5, 5), "address": HOME}
    wage, filed = town.document(**written), town.document(**written)
    for place, (role, said, _) in enumerate(WAGE, start=1):
        blank = {"name": "鈴木　京子", "kana": "", "number_id": None, "residence_code": "00"}
        _append(town, "wage_report_relative", document_no=wage, role=role, relative_no=place, **blank | said)
    for place, (role, said, _) in enumerate(RETURN, start=1):
        blank = {"number_id": None, "residence_code": "00", "relationship": "", "disability": "none"}
        marks = dict.fromkeys(("living_apart", "under_16", "adjustment_only"), False)
        _append(town, "tax_return_relative", document_no=filed, role=role, relative_no=place, **blank | marks | said)
    match(town.session, OFFICE, 2026, date(2026, 5, 1))
    yield town
    con.close()


def _change(town: Town, taxpayer_no: str, kind: str, happened_on: date) -> None:
    columns = town.ask("SELECT column_name FROM duckdb_columns() WHERE table_name = 'register_change'")
    record_no = town.session.next_no("register_change", "record_no")
    told = {"file_no": 2, "record_no": record_no, "content_digest": f"{record_no}", "taxpayer_no": taxpayer_no}
    told |= {"submission_kind": "new", "change_kind": kind, "happened_on": happened_on, "notified_on": RECEIVED_ON}
    _append(
        town,
        "register_change",
        **{name: told.get(name) for (name,) in columns if name not in ("known_on", "commit_no")},
    )


def _append(town: Town, table: str, **values: Any) -> None:
    with town.session.transaction(stage="intake", known_on=RECEIVED_ON) as transaction:
        transaction.append_row(table, **values)


@pytest.mark.parametrize(("document_no", "cases"), [(1, WAGE), (2, RETURN)], ids=["wage report", "return"])
def test_a_relative_is_the_one_person_who_fits_or_nobody(
    office: Town, document_no: int, cases: list[tuple[str, Any, tuple[str | None, ...]]]
) -> None:
    found = office.session.con.execute(
        "SELECT right(taxpayer_no, 3), rule, reason FROM relative_link WHERE document_no = ? ORDER BY relative_no",
        [document_no],
    ).fetchall()
    assert found == [expected for _, _, expected in cases]


def test_the_same_again_adds_nothing(office: Town) -> None:
    again = match(office.session, OFFICE, 2026, date(2026, 5, 1))
    assert (again.counts["relatives"], again.commit_no) == (0, None)


@pytest.mark.parametrize(("place", "breach"), [(1, TAXPAYER), (6, "000000000000299")])
def test_a_relative_who_is_the_taxpayer_or_not_in_the_register_breaks_a_promise(
    office: Town, place: int, breach: str
) -> None:
    def promise_holds(taxpayer_no: str) -> bool:
        place_of = f"document_no = 1 AND relative_no = {place}"
        office.ask(f"UPDATE ledger.relative_link SET taxpayer_no = '{taxpayer_no}' WHERE {place_of}")
        office.session.pin(2026, date(2026, 5, 1))
        return invariants(office.session)[-1].ok

    expected = WAGE[place - 1][2][0]
    assert not promise_holds(breach)
    assert promise_holds(f"000000000000{expected}")


def test_a_son_who_leaves_the_household_is_found_no_longer(office: Town) -> None:
    household, number_id, name, kana, born_on, _ = PEOPLE["000000000000205"]
    moved = {"household_no": f"{household + 90:015d}", "number_id": number_id, "sex": "unknown", "address": ELSEWHERE}
    office.resident("000000000000205", 2, date(2026, 6, 1), name=name, kana=kana, born_on=born_on, **moved)
    match(office.session, OFFICE, 2026, date(2026, 6, 10))
    versions = office.session.con.execute(
        "SELECT relative_link_version, right(taxpayer_no, 3), reason FROM relative_link "
        "WHERE document_no = 2 AND relative_no = 4 ORDER BY relative_link_version"
    ).fetchall()
    assert versions == [(1, "205", None), (2, None, "no_candidate")]
