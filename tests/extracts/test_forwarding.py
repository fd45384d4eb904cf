"""回送: the municipality of 1 January gets each forwarded document once, and no document waits in silence."""

from datetime import date
from typing import Any

import pytest

from pipelines.errors import DataError
from pipelines.run.people import decide_link
from tests.extracts.conftest import FISCAL_YEAR, HANAKO, Books

FORWARDING = "municipality-forwarded_document"
SAPPORO, NAGOYA = "011002", "231002"
FEBRUARY, MARCH, APRIL = date(2026, 2, 2), date(2026, 3, 2), date(2026, 4, 2)


class Forwarding:
    """Documents of people from elsewhere, as matching and officers left them."""

    def __init__(self, books: Books) -> None:
        self.books = books
        self.decisions = self.releases = 0

    def report(self, document_no: int, *, near: str | None = None) -> None:
        """A wage report whose person is not here; `near`: whom matching found."""
        values: dict[str, Any] = {
            "document_no": document_no,
            "document_kind": "wage_report",
            "fiscal_year": FISCAL_YEAR,
        }
        person = {"name": "見本　太郎", "kana": "ﾐﾎﾝ ﾀﾛｳ", "address": "札幌市中央区１", "amount_yen": 3_000_000}
        append = self.books._append
        append("document", FEBRUARY, values | {"submission_kind": "new"} | person)
        append(
            "wage_report", FEBRUARY, {"document_no": document_no, "payer_name": "株式会社青葉", "payer_address": "泉区"}
        )
        item = {"document_no": document_no, "review_version": 1, "reason": "moved_out", "evidence": []}
        append("review_item", FEBRUARY, item | {"candidates": [near] if near else []})

    def decide(self, document_no: int, verdict: str, on: date, to: str = "") -> None:
        self.decisions += 1
        decision = {"decision_no": self.decisions, "decision_kind": "link", "subject": f"{document_no}", "detail": to}
        self.books._append("decision", on, decision | {"verdict": verdict, "decided_on": on})
        reason = {"forward": "forwarded", "keep": "kept"}[verdict]
        item = {"document_no": document_no, "review_version": self.decisions + 1, "reason": reason, "evidence": []}
        self.books._append("review_item", on, item | {"candidates": []})

    def sent(self, as_of: date) -> tuple[dict[str, list[str]], tuple[str, ...]]:
        """What would leave on a day (document numbers by file) and what a person must see to; it leaves."""
        payload = self.books.payload(FORWARDING, as_of)
        self.releases += 1
        self.books.sent(payload, self.releases, on=as_of)
        files = {file.name: [row["document_no"] for row in self.books.rows(file)] for file in payload.files}
        return files, payload.review


def test_each_municipality_gets_its_documents_once_and_hears_of_what_changed(books: Books) -> None:
    town = Forwarding(books)
    books.municipality(SAPPORO)
    books.municipality(NAGOYA)
    books._append(
        "register_change",
        FEBRUARY,
        {"taxpayer_no": HANAKO, "change_kind": "moved_out", "submission_kind": "new", "happened_on": date(2025, 12, 1),
         "notified_on": FEBRUARY, "january_municipality": NAGOYA},
    )  # fmt: skip
    for document_no in (1, 2, 3):
        town.report(document_no)
    town.report(4, near=HANAKO)
    town.decide(1, "forward", MARCH, to=SAPPORO)
    town.decide(2, "forward", MARCH, to=SAPPORO)
    town.decide(3, "forward", MARCH)  # nobody knows where to
    town.decide(4, "forward", MARCH)  # the register's change tells it
    payload = books.payload(FORWARDING, MARCH)
    assert payload.amount_yen == 3 * 3_000_000
    assert books.rows(payload.files[0])[0] == {
        "receiving_municipality": SAPPORO, "receiving_name": f"市{SAPPORO}", "receiving_office": "市民税課",
        "receiving_postcode": "060-8611", "receiving_address": "北１条", "forwarded_on": "2026-03-02", "fiscal_year": "2026", "document_no": "1",
        "document_kind": "wage_report", "submission_kind": "new", "received_on": "2026-02-02", "sender_name": "株式会社青葉",
        "sender_address": "泉区", "name": "見本　太郎", "kana": "ﾐﾎﾝ ﾀﾛｳ", "born_on": "", "address": "札幌市中央区１",
        "amount_yen": "3000000",
    }  # fmt: skip
    unknown = "資料番号 3: 送り先の市区町村が決まっていません（`juminzei queue decide 3 forward --to 団体コード`）"
    sapporo, nagoya = f"forwarding-2026-{SAPPORO}-20260302.csv", f"forwarding-2026-{NAGOYA}-20260302.csv"
    assert town.sent(MARCH) == ({sapporo: ["1", "2"], nagoya: ["4"]}, (unknown,))
    assert town.sent(MARCH) == ({}, (unknown,))
    town.decide(3, "forward", APRIL, to=NAGOYA)
    town.decide(2, "keep", APRIL)
    town.decide(4, "keep", APRIL)
    files, review = town.sent(APRIL)
    assert files == {sapporo: ["1"], f"forwarding-2026-{NAGOYA}-20260402.csv": ["3"]}
    assert review == (f"{nagoya}: 送った資料の回送はすべて取り消されています。送り先へ連絡してください",)


def test_no_file_is_clear_and_none_goes_to_a_municipality_that_the_directory_does_not_know(books: Books) -> None:
    town = Forwarding(books)
    for document_no in (1, 2):
        town.report(document_no)
    town.decide(1, "forward", MARCH, to=SAPPORO)
    town.decide(2, "forward", MARCH, to=NAGOYA)
    books.municipality(SAPPORO)
    books.municipality(NAGOYA, from_on=APRIL)
    payload = books.payload(FORWARDING, MARCH)
    assert [(file.name, file.recipient) for file in payload.files] == [
        (f"forwarding-2026-{SAPPORO}-20260302.csv", "printing")
    ]
    assert payload.review == (
        f"送り先の団体（団体コード {NAGOYA}）が市区町村の名簿にありません。名簿（municipality_directory）に加えるまで送りません",
    )
    (books.keyring.folder / f"municipality-{NAGOYA}.age.pub").write_bytes(
        (books.keyring.folder / "printing.age.pub").read_bytes()
    )
    by_post, by_key = books.payload(FORWARDING, APRIL).files
    assert (by_post.recipient, by_key.recipient) == ("printing", f"municipality-{NAGOYA}")
    assert "recipient" in by_key.listed()


@pytest.mark.parametrize(
    ("verdict", "receiver"),
    [("forward", "011003"), ("forward", "041009"), ("forward", "041017"), ("keep", SAPPORO)],
    ids=["a wrong check digit", "this city", "its ward", "not forwarded"],
)
def test_a_document_cannot_be_forwarded_to_nowhere(verdict: str, receiver: str) -> None:
    with pytest.raises(DataError) as refusal:
        decide_link("041009", 1, verdict, "sato", "転出", MARCH, receiver)
    assert str(refusal.value) == (
        f"回送の送り先の書き方が正しくありません ／ 項目: --to ／ 内容: {receiver} ／ "
        "正しい形: forward のときだけ、ほかの市区町村の全国地方公共団体コード6桁（検査数字を含む） ／ 対処: 正しい団体コードで、もう一度実行してください"
    )
