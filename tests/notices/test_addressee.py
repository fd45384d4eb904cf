"""To whom a notice goes, and where: 納税管理人, 相続人代表者, 送付先, and nobody but a 送付先 told after the protection under 支援措置."""

from datetime import date
from typing import Any

import pytest

from pipelines.exchange.payload import Payload
from tests.notices.conftest import DECIDED_ON, Books, opened
from tests.notices.page import pages

JANUARY, APRIL, MAY = date(2026, 1, 10), date(2026, 4, 1), date(2026, 5, 1)
MAILING = {"name": "株式会社青葉管財", "postcode": "111-1111", "address": "東京都港区芝公園９－９"}
AGENT = {"name": "鈴木　一郎", "postcode": "222-2222", "address": "仙台市泉区南光台１－１"}
HEIR = {"name": "山田　太郎", "postcode": "333-3333", "address": "大阪市北区中之島５－５"}
PEOPLE = {
    "agent": "000000000000201",
    "agent before mailing": "000000000000202",
    "ended agent": "000000000000203",
    "future agent": "000000000000204",
    "dead": "000000000000205",
    "dead without heir": "000000000000206",
    "hidden": "000000000000207",
    "hidden, old mailing": "000000000000208",
    "hidden, confirmed": "000000000000209",
    "hidden, agent": "000000000000210",
    "hidden next year": "000000000000211",
    "shown again": "000000000000212",
    "withdrawn mailing": "000000000000213",
}


class Desk:
    """Enters what the register and the departments tell of people, each as a record of its own."""

    def __init__(self, books: Books) -> None:
        self.books, self.record_no = books, 0

    def entry(self, who: str, entry_kind: str, known_on: date, **values: Any) -> None:
        self.entry_of(PEOPLE[who], entry_kind, known_on, **values)

    def change(self, who: str, change_kind: str, known_on: date) -> None:
        self.change_of(PEOPLE[who], change_kind, known_on)

    def entry_of(self, taxpayer_no: str, entry_kind: str, known_on: date, **values: Any) -> None:
        common = {"file_no": 7, "content_digest": "", "submission_kind": "new", "from_on": date(2025, 1, 1)}
        other = {"to_on": None, "kana": "", "name": "", "postcode": "", "address": ""}
        self.record_no += 1
        row = (
            common
            | other
            | {"record_no": self.record_no, "taxpayer_no": taxpayer_no, "entry_kind": entry_kind}
            | values
        )
        self.books.append("outside_register", known_on, **row)

    def change_of(self, taxpayer_no: str, change_kind: str, known_on: date) -> None:
        self.record_no += 1
        row = {"file_no": 8, "record_no": self.record_no, "content_digest": "", "taxpayer_no": taxpayer_no}
        days = {"happened_on": known_on, "notified_on": known_on}
        self.books.append("register_change", known_on, **row, **days, submission_kind="new", change_kind=change_kind)


@pytest.fixture(scope="module")
def sent(tmp_path_factory: pytest.TempPathFactory) -> tuple[Payload, dict[str, str]]:
    """The notices' payload, and the words on the front of everybody's notice."""
    with opened(tmp_path_factory.mktemp("books")) as books:
        desk = Desk(books)
        for who, taxpayer_no in PEOPLE.items():
            hidden = who.startswith("hidden,") or who in {"hidden", "shown again"}
            books.resident(taxpayer_no, protected_address=hidden)
            books.assessed(taxpayer_no)
        books.resident(PEOPLE["hidden next year"], fiscal_year=2027, protected_address=True)
        desk.entry("agent", "tax_agent", APRIL, **AGENT)
        desk.entry("agent before mailing", "mailing", APRIL, **MAILING)
        desk.entry("agent before mailing", "tax_agent", JANUARY, **AGENT)
        desk.entry("ended agent", "tax_agent", JANUARY, **AGENT, to_on=date(2026, 3, 31))
        desk.entry("future agent", "tax_agent", JANUARY, **AGENT, from_on=date(2026, 12, 1))
        desk.change("dead", "died", APRIL)
        desk.entry("dead", "mailing", JANUARY, **MAILING)
        desk.entry("dead", "heir_representative", MAY, **HEIR)
        desk.change("dead without heir", "died", APRIL)
        desk.entry("dead without heir", "mailing", JANUARY, **MAILING)
        desk.entry("hidden, old mailing", "mailing", date(2025, 12, 1), **MAILING)
        desk.entry("hidden, confirmed", "mailing", date(2025, 12, 1), **MAILING)
        desk.entry("hidden, confirmed", "mailing", APRIL, **HEIR)
        desk.entry("hidden, agent", "tax_agent", APRIL, **AGENT)
        desk.change("shown again", "protection_ended", APRIL)
        desk.entry("withdrawn mailing", "mailing", JANUARY, **MAILING)
        desk.entry("withdrawn mailing", "mailing", APRIL, **MAILING, submission_kind="cancellation")
        payload = books.notices(DECIDED_ON)
        fronts = pages(books.files(payload)[:1])[::2]
        numbers = {taxpayer_no: who for who, taxpayer_no in PEOPLE.items()}
        words = {numbers[row["taxpayer_no"]]: page.text for row, page in zip(payload.notices, fronts, strict=True)}
        return payload, words  # fmt: skip


def test_the_tax_agent_gets_the_notice_before_any_mailing_address(sent: tuple[Payload, dict[str, str]]) -> None:
    for who in ("agent", "agent before mailing"):
        front = sent[1][who]
        assert front.index("納税管理人　鈴木　一郎　様") < front.index("（納税義務者　山田　花子　様の分）")
        assert AGENT["address"] in front
        # 法1条1項6号 wants the taxpayer's name and address on the notice, too.
        assert "国分町" in front
        assert MAILING["address"] not in front


def test_an_entry_counts_from_its_first_day_to_its_last_unless_withdrawn(sent: tuple[Payload, dict[str, str]]) -> None:
    for who in ("ended agent", "future agent", "withdrawn mailing"):
        assert "納税管理人" not in sent[1][who]
        assert MAILING["name"] not in sent[1][who]
        assert "山田　花子　様" in sent[1][who]


def test_of_who_has_died_the_representative_of_the_heirs_gets_it(sent: tuple[Payload, dict[str, str]]) -> None:
    front = sent[1]["dead"]
    assert front.index("相続人代表者　山田　太郎　様") < front.index("（亡　山田　花子　様の分）")
    assert MAILING["address"] not in front


def test_under_protection_only_a_mailing_address_told_after_it_is_used(sent: tuple[Payload, dict[str, str]]) -> None:
    front = sent[1]["hidden, confirmed"]
    assert HEIR["address"] in front
    assert "国分町" not in front
    assert MAILING["address"] not in front


def test_whoever_has_nowhere_to_send_it_waits_for_a_person(sent: tuple[Payload, dict[str, str]]) -> None:
    waiting = ["dead without heir", "hidden", "hidden, old mailing", "hidden, agent", "hidden next year"]
    lines = {line.partition(":")[0].removeprefix("宛名番号 "): line for line in sent[0].review}
    assert sorted(lines) == sorted(PEOPLE[who] for who in waiting)
    assert "相続人代表者を登録する" in lines[PEOPLE["dead without heir"]]
    assert not any("国分町" in line or MAILING["address"] in line for line in lines.values())


def test_when_the_protection_has_ended_the_notice_goes_home_again(sent: tuple[Payload, dict[str, str]]) -> None:
    assert "国分町" in sent[1]["shown again"]
