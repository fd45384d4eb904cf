"""Hand-built records with clearly synthetic people and numbers, and an inbox to put them in."""

from dataclasses import dataclass
from datetime import date
from html import escape
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

from stdnum.jp import cn

from pipelines.layout import Layout, etax_forms, source_layouts, xml_form
from pipelines.ledger import StageContext, open_ledger
from pipelines.town import etax_files

RECEIVED_ON = date(2026, 1, 31)
NEWEST: Layout = source_layouts("wage_report")[147]
PENSION: Layout = source_layouts("pension_report")[78]
RESIDENT_RETURN: Layout = source_layouts("resident_tax_return")[155]
NOTICE: Layout = source_layouts("one_stop_notice")[17]
REGISTER: Layout = source_layouts("resident_register")[14]
MEMBERS: Layout = source_layouts("membership_national_health_insurance")[5]
LISTED: Layout = source_layouts("membership_list")[6]
CHANGE: Layout = source_layouts("register_change")[19]
OUTSIDE: Layout = source_layouts("outside_register")[14]
STATUS: Layout = source_layouts("person_status")[5]
PREMIUM: Layout = source_layouts("insurance_premium")[6]
REDUCTION: Layout = source_layouts("reduction_decision")[13]
TRANSFER: Layout = source_layouts("account_transfer")[9]
SUMMARY: Layout = source_layouts("wage_report_summary")[15]
RETURN: Layout = etax_forms()["23.0"].record
EMPLOYEE_CHANGE: Layout = source_layouts("employee_change")[20]
PENSION_TARGET: Layout = source_layouts("pension_target")[30]
ATTACHMENT: Layout = source_layouts("return_attachment")[11]
KSK: Layout = source_layouts("income_tax_return")[205]
_ETAX = etax_files.EtaxWriter(etax_forms()["23.0"])
SOURCE_OF = {
    RETURN.title: "income_tax_return",
    KSK.title: "income_tax_return",
    ATTACHMENT.title: "return_attachment",
    PENSION_TARGET.title: "pension_target",
    EMPLOYEE_CHANGE.title: "employee_change",
    SUMMARY.title: "wage_report_summary",
    REGISTER.title: "resident_register",
    CHANGE.title: "register_change",
    OUTSIDE.title: "outside_register",
    STATUS.title: "person_status",
    PREMIUM.title: "insurance_premium",
    REDUCTION.title: "reduction_decision",
    TRANSFER.title: "account_transfer",
    LISTED.title: "membership_list",
    MEMBERS.title: "membership_national_health_insurance",
    PENSION.title: "pension_report",
    RESIDENT_RETURN.title: "resident_tax_return",
    NOTICE.title: "one_stop_notice",
}


def number(serial: int) -> str:
    """A synthetic 個人番号 with a right check digit."""
    body = f"{90_000_000_000 + serial:011d}"
    total = sum(int(digit) * weight for digit, weight in zip(body, (6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2), strict=True))
    return body + str(0 if total % 11 <= 1 else 11 - total % 11)


def with_wrong_check_digit(right: str) -> str:
    """The same number, mistyped in its last place."""
    return right[:11] + str((int(right[11]) + 1) % 10)


def wage(serial: int = 1, layout: Layout = NEWEST, **changes: str) -> str:
    """One 給与支払報告書 of income 2025 to Sendai; `changes` by item name, "" empties an item."""
    return _record(wage_values(serial, **changes), layout)


def _record(values: dict[str, str], layout: Layout) -> str:
    return layout.record({name: value for name, value in values.items() if name in layout.by_name})


def wage_values(serial: int = 1, **changes: str) -> dict[str, str]:
    """The same by item name."""
    return {
        "statutory_document_kind": "315",
        "payer_address": "仙台市青葉区見本町１－１",
        "payer_name": "見本商事株式会社",
        "submission_kind": "0",
        "income_era_year": "07",
        "address": "仙台市青葉区見本町２－２",
        "name": "見本　太郎",
        "paid_yen": "5000000",
        "income_after_deduction_yen": "3560000",
        "withheld_yen": "100000",
        "born_era": "1",
        "born_year": "60",
        "born_month": "04",
        "born_day": "01",
        "payer_number": cn.calc_check_digit("000000000001") + "000000000001",
        "individual_number": number(serial),
        "kana": "ﾐﾎﾝ ﾀﾛｳ",
        "employee_no": f"E{serial:06d}",
        "city_code": "041009",
        "payer_designated_no": "9000001",
        "creation_kind": "1",
    } | changes


def summary(serial: int = 1, **changes: str) -> str:
    """One 給与支払報告書（総括表） of the employer with this number, which reports one person; `changes` by item name."""
    corporate = f"{serial:012d}"
    values = {
        "fiscal_year": "2026",
        "city_code": "041009",
        "submission_kind": "0",
        "payer_designated_no": f"{9_000_000 + serial}",
        "payer_number": cn.calc_check_digit(corporate) + corporate,
        "payer_kana": "ミホンショウジ",
        "payer_name": "見本商事株式会社",
        "payer_address": "仙台市青葉区見本町１－１",
        "employee_count": "10",
        "report_count": "1",
        "withholding_count": "1",
        "ordinary_leaver_count": "0",
        "ordinary_other_count": "0",
        "notice_delivery": "1",
    }
    return _record(values | changes, SUMMARY)


def pension(serial: int = 1, layout: Layout = PENSION, **changes: str) -> str:
    """One 公的年金等支払報告書 of income 2025 to Sendai; `changes` by item name, "" empties an item."""
    return _record(pension_values(serial, **changes), layout)


def pension_values(serial: int = 1, **changes: str) -> dict[str, str]:
    """The same by item name."""
    return {
        "statutory_document_kind": "331",
        "payer_address": "東京都見本区見本１－１",
        "payer_name": "見本年金機構",
        "submission_kind": "0",
        "income_era_year": "07",
        "address": "仙台市青葉区見本町２－２",
        "name": "見本　太郎",
        "born_era": "1",
        "born_year": "25",
        "born_month": "04",
        "born_day": "01",
        "part_1_paid_yen": "1800000",
        "part_1_withheld_yen": "5000",
        "social_insurance_yen": "90000",
        "kana": "ﾐﾎﾝ ﾀﾛｳ",
        "payee_no": f"P{serial:06d}",
        "city_code": "041009",
        "payer_number": cn.calc_check_digit("000000000002") + "000000000002",
        "individual_number": number(serial),
        "creation_kind": "1",
    } | changes


def resident_return(serial: int = 1, **changes: str) -> str:
    """One 市民税・県民税申告書 on paper for fiscal year 2026, to Sendai; `changes` by item name, "" empties an item."""
    values = {
        "fiscal_year": "2026",
        "city_code": "041009",
        "submission_kind": "0",
        "channel": "1",
        "filed_on": "2026-02-20",
        "individual_number": number(serial),
        "name": "見本　太郎",
        "kana": "ﾐﾎﾝ ﾀﾛｳ",
        "born_on": "1985-04-01",
        "address": "仙台市青葉区見本町２－２",
        "employment_paid_yen": "1200000",
        "miscellaneous_yen": "150000",
        "total_income_yen": "700000",
        "social_insurance_yen": "90000",
    }
    return RESIDENT_RETURN.record(values | changes)


def notice(serial: int = 1, **changes: str) -> str:
    """One 申告特例通知書 of 札幌市 on gifts of 2025, to Sendai; `changes` by item name, "" empties an item."""
    values = {
        "notified_on": "2026-01-20",
        "sender_municipality": "011002",
        "sender_name": "北海道札幌市",
        "city_code": "041009",
        "donation_year": "2025",
        "reference_no": f"K{serial:06d}",
        "submission_kind": "0",
        "individual_number": number(serial),
        "name": "見本　太郎",
        "kana": "ﾐﾎﾝ ﾀﾛｳ",
        "born_on": "1985-04-01",
        "address": "仙台市青葉区見本町２－２",
        "donated_yen": "30000",
        "application_count": "1",
    }
    return NOTICE.record(values | changes)


def xml_report(values: dict[str, str], form: str = "INTERIM_KYUHO_147", more: str = "", attributes: str = "") -> str:
    """One report as an element; `more` stands before its end, `attributes` in its start tag."""
    known = xml_form("pension_report" if "NENPO" in form else "wage_report")
    assert known is not None
    eras = {"1": "3", "2": "2", "3": "1", "4": "4", "5": "5"}  # the XML counts from 明治
    written, parts = "", {}
    for item, value in values.items():
        group, _, leaf = known.tag_of[item].rpartition("/")
        if group:
            text = eras.get(value, value) if item == "born_era" else value
            parts.setdefault(group, []).append(f"<{leaf}>{text}</{leaf}>")
        elif value:
            written += f"<{leaf}>{escape(value, quote=False)}</{leaf}>"
    written += "".join(f"<{group}>{''.join(leaves)}</{group}>" for group, leaves in parts.items())
    return f'<{form} xmlns="{known.namespace}" vr="1.0"{attributes}>{written}{more}</{form}>'


ENVELOPE = (
    "<KOUSEI_KANRI><KANRI_INF><KOUSEI_KANRI_VR>0001</KOUSEI_KANRI_VR><ORG1_CD>041009</ORG1_CD></KANRI_INF></KOUSEI_KANRI>"
    "<GYOMU_PROC><PROC_INF><TAX_KBN>502</TAX_KBN></PROC_INF></GYOMU_PROC>"
)


def xml_file(*reports: str, envelope: str = ENVELOPE, head: str = '<?xml version="1.0" encoding="UTF-8"?>') -> bytes:
    """eLTAX's envelope around the reports."""
    body = "\n".join(reports)
    return (
        f'{head}<SHINKOKU_UNIT xmlns:gen="http://eltax.jp/general"><KOUSEI_KANRI_INF>{envelope}'
        f"<TAX_DATA>\n{body}\n</TAX_DATA></KOUSEI_KANRI_INF></SHINKOKU_UNIT>"
    ).encode()


def return_values(serial: int = 1, **changes: str) -> dict[str, str]:
    """A 確定申告書 of income 2025 by item: a shop's, of somebody in Sendai; `changes` by item name, "" empties an item."""
    return {
        "return_kind_code": "1",
        "channel_code": "1",
        "receipt_no": f"2026031500000000{serial:04d}",
        "return_era": "5",
        "return_year": "7",
        "filed_era": "5",
        "filed_year": "8",
        "filed_month": "3",
        "filed_day": "10",
        "city_code": "04101",
        "individual_number": number(serial),
        "name": "見本　太郎",
        "kana": "ミホン　タロウ",
        "born_era": "3",
        "born_year": "60",
        "born_month": "4",
        "born_day": "1",
        "address": "仙台市青葉区見本１－１",
        "assessment_day_address": "仙台市青葉区見本町２－２",
        "blue_return": "2",
        "business_yen": "4000000",
        "total_income_yen": "4000000",
        "social_insurance_yen": "500000",
        "basic_deduction_yen": "680000",
        "deductions_yen": "1180000",
        "taxable_yen": "2820000",
        "payer_1_kind": "営業等",
        "payer_1_place": cn.calc_check_digit("000000000003") + "000000000003",
        "payer_1_name": "見本出版株式会社",
        "payer_1_paid_yen": "6000000",
        "payer_1_withheld_yen": "100000",
    } | changes


def tax_return(serial: int = 1, **changes: str) -> str:
    """The same as an element of a file of many."""
    return _ETAX.packed_return(return_values(serial, **changes))


def ksk_return(serial: int = 1, **changes: str) -> str:
    """The same as the tax office keys it from paper, one line."""
    paper = {"channel_code": "2", "receipt_no": f"KSK{serial:09d}"}
    return _record(return_values(serial, **paper | changes), KSK)


def employee_change(serial: int = 1, **changes: str) -> str:
    """One 給与所得者異動届出書 of the payer of `wage`; `changes` by item name, "" empties an item."""
    report = wage_values(serial)
    values = {
        "fiscal_year": "2026",
        "city_code": "041009",
        "submission_kind": "0",
        "submitted_on": "2026-04-10",
        **{
            name: report.get(name, "")
            for name in ("payer_designated_no", "payer_number", "payer_name", "payer_address")
        },
        "individual_number": number(serial),
        "kana": "ﾐﾎﾝ ﾀﾛｳ",
        "name": "見本　太郎",
        "born_on": "1985-04-01",
        "address": "仙台市青葉区見本町２－２",
        "changed_on": "2026-03-31",
        "change_reason": "1",
        "collection_after": "3",
    }
    return _record(values | changes, EMPLOYEE_CHANGE)


def attached(file_name: str = "p1.pdf", reference_no: str = "KSK000000001", **changes: str) -> str:
    """One line of the index of a ZIP of page files; `changes` by item name."""
    values = {
        "fiscal_year": "2026",
        "city_code": "041009",
        "reference_no": reference_no,
        "attachment_kind": "1",
        "title": "第一表",
        "page_count": "1",
        "file_name": file_name,
    }
    return ",".join((values | changes).values())


def zipped(*lines: str, **pages: bytes) -> bytes:
    """A ZIP of page files (`p1_pdf` for p1.pdf) with its index of these lines."""
    stream = BytesIO()
    with ZipFile(stream, "w") as archive:
        header = ATTACHMENT.header_line.split(",state")[0]
        archive.writestr("index.csv", "\n".join([header, *lines]) + "\n")
        for name, content in pages.items():
            archive.writestr(name.replace("_", "."), content)
    return stream.getvalue()


def tax_returns(*returns: str) -> bytes:
    """A file of many returns."""
    return "".join(etax_files.packed(iter(returns))).encode()


def resident(serial: int = 1, **changes: str) -> str:
    """One line of the resident register for fiscal year 2026."""
    values = {
        "fiscal_year": "2026",
        "taxpayer_no": f"{serial:015d}",
        "household_no": f"{serial:015d}",
        "relationship": "世帯主",
        "individual_number": number(serial),
        "name": "見本　太郎",
        "kana": "ミホン　タロウ",
        "born_on": "1985-04-01",
        "sex": "1",
        "postcode": "980-0000",
        "address": "仙台市青葉区見本町２－２",
        "ward_code": "041017",
        "public_assistance": "0",
        "protected_address": "0",
    }
    return REGISTER.record(values | changes)


def change(serial: int = 1, **changes: str) -> str:
    """One line of the register's changes: this person moved in before New Year and said so after it."""
    values = {
        "submission_kind": "0",
        "taxpayer_no": f"{serial:015d}",
        "change_kind": "02",
        "happened_on": "2025-12-20",
        "notified_on": "2026-01-09",
        "individual_number": number(serial),
        "household_no": f"{serial:015d}",
        "relationship": "世帯主",
        "name": "見本　太郎",
        "kana": "ミホン　タロウ",
        "born_on": "1985-04-01",
        "sex": "1",
        "postcode": "980-0000",
        "address": "仙台市青葉区見本町２－２",
        "ward_code": "041017",
        "january_municipality": "041009",
        "former_name": "",
        "former_kana": "",
        "former_address": "札幌市中央区見本３－３",
    }
    return CHANGE.record(values | changes)


def outside(serial: int = 1, **changes: str) -> str:
    """One line of who is taxed here without being registered here."""
    values = {
        "submission_kind": "0",
        "taxpayer_no": f"{serial:015d}",
        "entry_kind": "1",
        "from_on": "2025-06-01",
        "to_on": "",
        "individual_number": number(serial),
        "name": "見本　太郎",
        "kana": "ミホン　タロウ",
        "born_on": "1985-04-01",
        "sex": "1",
        "postcode": "980-0000",
        "address": "仙台市青葉区見本町２－２",
        "ward_code": "041017",
        "registered_municipality": "011002",
    }
    return OUTSIDE.record(values | changes)


def status(serial: int = 1, **changes: str) -> str:
    """One line of the departments' lists: 生活扶助 since 2024."""
    values = {
        "submission_kind": "0",
        "taxpayer_no": f"{serial:015d}",
        "status_kind": "1",
        "from_on": "2024-04-01",
        "to_on": "",
    }
    return STATUS.record(values | changes)


def premium(serial: int = 1, **changes: str) -> str:
    """One line of what was paid to the city's own insurances in 2025."""
    values = {
        "submission_kind": "0",
        "taxpayer_no": f"{serial:015d}",
        "insurance": "1",
        "paid_year": "2025",
        "paid_yen": "300000",
        "withheld_yen": "0",
    }
    return PREMIUM.record(values | changes)


def reduction(serial: int = 1, **changes: str) -> str:
    """One decision of 減免 of 2026: half of what falls due from the second instalment on, for loss of income."""
    values = {
        "submission_kind": "0",
        "decision_ref": f"R08-{serial:04d}",
        "fiscal_year": "2026",
        "taxpayer_no": f"{serial:015d}",
        "ward_code": "041017",
        "reduction_reason": "3",
        "applied_on": "2026-01-20",
        "decided_on": "2026-01-30",
        "from_period": "2",
        "part_numerator": "1",
        "part_denominator": "2",
        "reduced_yen": "",
        "forest_reason": "",
    }
    return REDUCTION.record(values | changes)


def transfer(serial: int = 1, **changes: str) -> str:
    """One line of the account system's list: who pays the resident tax by account transfer."""
    values = {
        "submission_kind": "0",
        "taxpayer_no": f"{serial:015d}",
        "tax_item": "1",
        "from_on": "2025-06-01",
        "to_on": "",
        "bank_name": "見本銀行",
        "branch_name": "本店営業部",
        "deposit_kind": "1",
        "masked_account": "***1234",
    }
    return TRANSFER.record(values | changes)


def member(serial: int = 1, **changes: str) -> str:
    """One line of the national health insurance's list."""
    values = {
        "taxpayer_no": f"{serial:015d}",
        "household_no": f"{serial:015d}",
        "role": "insured",
        "joined_on": "2020-04-01",
        "left_on": "",
    }
    return MEMBERS.record(values | changes)


def listed(serial: int = 1, **changes: str) -> str:
    """One line of the list of people of a recipient."""
    values = {
        "recipient": "child_allowance",
        "taxpayer_no": f"{serial:015d}",
        "household_no": "",
        "role": "subject",
        "joined_on": "2020-04-01",
        "left_on": "",
    }
    return LISTED.record(values | changes)


@dataclass(frozen=True)
class Office:
    """A municipality with keys, an empty ledger and an inbox."""

    ctx: StageContext

    def put(
        self,
        name: str,
        *lines: str,
        layout: Layout = NEWEST,
        received_on: date = RECEIVED_ON,
        encoding: str | None = None,
        note: str | None = None,
    ) -> Path:
        """Put a file of `lines` into the inbox, with its header and a delivery note if there is one."""
        header = [layout.header_line] if layout.header else []
        text = "".join(line + layout.line_end for line in [*header, *lines])
        return self.put_bytes(name, text.encode(encoding or layout.encoding), layout, received_on, note)

    def put_bytes(
        self,
        name: str,
        content: bytes,
        layout: Layout = NEWEST,
        received_on: date = RECEIVED_ON,
        note: str | None = None,
    ) -> Path:
        """Put a file of bytes into the inbox."""
        path = self.ctx.home.inbox / SOURCE_OF.get(layout.title, "wage_report") / received_on.isoformat() / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        if note is not None:
            path.with_name(name + ".note.yaml").write_text(note, encoding="utf-8")
        return path

    def rows(self, sql: str) -> list[tuple[object, ...]]:
        """What the ledger answers."""
        with open_ledger(self.ctx.home, self.ctx.keyring, holder="test") as session:
            return session.con.execute(sql).fetchall()

    def messages(self) -> list[tuple[object, ...]]:
        """(record, rule, message) of everything found in the files, in order."""
        return self.rows("SELECT record_no, rule, message FROM record_exception ORDER BY file_no, record_no, rule")
