"""Hand-built records of other municipalities and of the city's own 統合宛名 system and 中間サーバー, see kit.py."""

from datetime import date

from pipelines.layout import Layout, source_layouts
from pipelines.ledger import open_ledger
from tests.intake.kit import SOURCE_OF, Office, number

DIRECTORY: Layout = source_layouts("municipality_directory")[7]
UNIFIED: Layout = source_layouts("unified_number")[4]
NETWORK_ANSWER: Layout = source_layouts("network_answer")[8]
INQUIRY: Layout = source_layouts("relative_inquiry")[12]
ANSWER: Layout = source_layouts("relative_inquiry_answer")[7]
TAXED_ELSEWHERE: Layout = source_layouts("taxed_elsewhere_notice")[13]
SOURCE_OF.update(
    {
        DIRECTORY.title: "municipality_directory",
        UNIFIED.title: "unified_number",
        NETWORK_ANSWER.title: "network_answer",
        INQUIRY.title: "relative_inquiry",
        ANSWER.title: "relative_inquiry_answer",
        TAXED_ELSEWHERE.title: "taxed_elsewhere_notice",
    }
)
SAPPORO, NAGOYA = "011002", "231002"
LETTER = "2026-44-000000000000001-7-dependant-1"


def municipality(serial: int = 1, **changes: str) -> str:
    """One line of the directory of municipalities."""
    values = {
        "submission_kind": "0",
        "municipality_code": SAPPORO,
        "from_on": f"{2000 + serial % 100}-04-01",
        "municipality_name": "北海道札幌市",
        "office_name": "財政局税政部市民税課",
        "postcode": "060-8611",
        "address": "札幌市中央区北１条西２丁目",
    }
    return DIRECTORY.record(values | changes)


def unified(serial: int = 1, **changes: str) -> str:
    """One line of what the 統合宛名 system answers."""
    values = {
        "submission_kind": "0",
        "taxpayer_no": f"{serial:015d}",
        "unified_no": f"{900_000 + serial:015d}",
        "assigned_on": "2026-01-20",
    }
    return UNIFIED.record(values | changes)


def network_answer(serial: int = 1, **changes: str) -> str:
    """One answer through 中間サーバー."""
    values = {
        "fiscal_year": "2026",
        "taxpayer_no": f"{serial:015d}",
        "sender_municipality": SAPPORO,
        "answered_on": "2026-01-25",
        "answer_kind": "1",
        "total_income_yen": "1200000",
        "city_income_levy_before_reduction_yen": "40000",
        "city_per_capita_yen": "3000",
    }
    return NETWORK_ANSWER.record(values | changes)


def inquiry(serial: int = 1, **changes: str) -> str:
    """One 扶養照会 from Sapporo about somebody here."""
    values = {
        "fiscal_year": "2026",
        "city_code": "041009",
        "submission_kind": "0",
        "sender_municipality": SAPPORO,
        "reference_no": f"F{serial}",
        "asked_on": "2026-01-20",
        "kana": "ﾐﾎﾝ ﾀﾛｳ",
        "name": "見本　太郎",
        "born_on": "1985-04-01",
        "address": "仙台市青葉区見本町２－２",
        "claimed_as": "2",
        "claimant_name": "見本　一郎",
    }
    return INQUIRY.record(values | changes)


def answer(serial: int = 1, **changes: str) -> str:
    """One answer to our own 扶養照会."""
    values = {
        "fiscal_year": "2026",
        "notice_no": LETTER,
        "sender_municipality": SAPPORO,
        "answered_on": "2026-01-25",
        "answer_kind": "1",
        "total_income_yen": f"{600_000 + serial}",
        "claimed": "0",
    }
    return ANSWER.record(values | changes)


def taxed_elsewhere(serial: int = 1, **changes: str) -> str:
    """One 294条3項の通知 from Sapporo about somebody of our register."""
    values = {
        "fiscal_year": "2026",
        "city_code": "041009",
        "submission_kind": "0",
        "sender_municipality": SAPPORO,
        "reference_no": f"T{serial}",
        "notified_on": "2026-01-20",
        "individual_number": number(serial),
        "kana": "ﾐﾎﾝ ﾀﾛｳ",
        "name": "見本　太郎",
        "born_on": "1985-04-01",
        "address": "仙台市青葉区見本町２－２",
        "address_there": "札幌市中央区見本３－３",
        "lives_there_since_on": "2025-06-01",
    }
    return TAXED_ELSEWHERE.record(values | changes)


def asked(office: Office, on: date = date(2026, 1, 15)) -> None:
    """The ledger as it is when we have asked: about everybody through 中間サーバー, and by the letter LETTER."""
    notice = {"notice_no": LETTER, "notice_kind": "relative_inquiry", "fiscal_year": 2026, "version": 1}
    with (
        open_ledger(office.ctx.home, office.ctx.keyring, holder="test") as session,
        session.transaction(stage="test", known_on=on) as transaction,
    ):
        transaction.append_row("notice", **notice, taxpayer_no=f"{1:015d}", amount_yen=0, ward_code=None, release_no=1)
        transaction.append(
            "network_inquiry",
            "SELECT serial AS decision_no, 2026 AS fiscal_year, lpad(serial::VARCHAR, 15, '0') AS taxpayer_no, "
            "2 AS release_no FROM range(1, 300) AS one(serial) WHERE serial <> 50",
        )
