"""eLTAX XML: the same records as the CSV, whatever is unknown reported, whatever is hostile refused, and nothing lost when killed."""

import http.server
import multiprocessing
import os
import signal
import threading
from pathlib import Path

import pytest

from pipelines import intake
from pipelines.calendar import NATIONAL_TAX_ERA_CODES
from pipelines.exchange.inbox import InboxFile, fingerprint
from pipelines.intake import landing, xml_guard, xml_records
from pipelines.layout import source_layouts, xml_form
from pipelines.ledger import StageContext
from tests.intake.kit import (
    ENVELOPE,
    NEWEST,
    PENSION,
    RECEIVED_ON,
    Office,
    number,
    pension,
    pension_values,
    wage,
    wage_values,
    with_wrong_check_digit,
    xml_file,
    xml_report,
)

OLD = source_layouts("wage_report")[144]
FULL = {
    "spouse_kind": "1",
    "spouse_name": "見本　花子",
    "spouse_number": number(50),
    "dependants_from_5th": f"({number(51)})見本　五郎　({number(52)})見本　六郎",
    "employment_change": "2",
    "employment_changed_year": "07",
    "employment_changed_month": "03",
    "employment_changed_day": "31",
    "remarks": "普Ｆ　前職分＜含む＞",
}


def refusals(office: Office) -> list[str]:
    return [str(problem) for problem in intake.run(office.ctx).problems]


def refusal(name: str, found: str, expected: str) -> str:
    return (
        f"XMLファイルを受け付けられません ／ ファイル: {name} ／ 内容: {found} ／ 正しい形: {expected} ／ "
        "対処: 取り込まずに受信箱に残しました。提出者に確認し、正しいファイルに差し替えてください"
    )


# ------------------------------------------------------------------------- the same records
def test_a_report_is_the_same_record_whether_it_comes_as_a_line_or_as_xml(office: Office) -> None:
    office.put("a.csv", wage(1), wage(2, **FULL))
    office.put_bytes("b.xml", xml_file(xml_report(wage_values(1)), xml_report(wage_values(2, **FULL))))
    office.put("c.csv", pension(3), layout=PENSION)
    office.put_bytes("d.xml", xml_file(xml_report(pension_values(3), "INTERIM_NENPO_078")), PENSION)
    report = intake.run(office.ctx)
    assert report.problems == []
    # The second of each is a duplicate: same content digest, over every item that is loaded.
    assert office.rows(
        "SELECT file_name, edition, read_count, accepted_count, duplicate_count FROM source_file ORDER BY file_name"
    ) == [
        ("a.csv", "unified_147", 2, 2, 0),
        ("b.xml", "eltax_xml_interim_1(INTERIM_KYUHO_147)", 2, 0, 2),
        ("c.csv", "interim_1", 1, 1, 0),
        ("d.xml", "eltax_xml_interim_1(INTERIM_NENPO_078)", 1, 0, 1),
    ]


def test_one_file_with_many_reports_and_many_small_ones_give_the_same(office: Office, monkeypatch) -> None:
    monkeypatch.setattr(xml_records, "BATCH_REPORTS", 3)
    monkeypatch.setattr(xml_records, "CHUNK_BYTES", 700)
    reports = [xml_report(wage_values(serial, **(FULL if serial % 3 else {}))) for serial in range(1, 12)]
    office.put_bytes("all.xml", xml_file(*reports))
    for serial, report in enumerate(reports):
        office.put_bytes(f"small-{serial:02d}.xml", xml_file(report))
    report = intake.run(office.ctx)
    assert (report.counts["accepted"], report.counts["duplicate"], report.problems) == (11, 11, [])
    assert report.commit_no == 1
    assert office.rows("SELECT record_no FROM document ORDER BY document_no") == [(no,) for no in range(1, 12)]


@pytest.mark.parametrize("chunk_bytes", [1, 7, 100, 100_000])
def test_the_size_of_a_chunk_changes_nothing(tmp_path: Path, monkeypatch, chunk_bytes: int) -> None:
    monkeypatch.setattr(xml_records, "CHUNK_BYTES", chunk_bytes)
    path = tmp_path / "reports.xml"
    unknown = '<INTERIM_KYUHO_999 xmlns="urn:other"><A/></INTERIM_KYUHO_999>'
    old = xml_report(
        {name: value for name, value in wage_values(2).items() if name in OLD.by_name}, "INTERIM_KYUHO_144"
    )
    path.write_bytes(
        xml_file(
            xml_report(wage_values(1)), unknown, old, xml_report(wage_values(3), more="<X/>"), unknown, "<!-- c -->"
        )
    )
    assert read(path) == (
        {"147": [(1, number(1))], "144": [(3, number(2))]},
        [(2, "様式 INTERIM_KYUHO_999"), (4, "タグ X"), (5, "様式 INTERIM_KYUHO_999")],
    )


def read(path: Path) -> tuple[dict[str, list[tuple[int, str]]], list[tuple[int, str]]]:
    """(record number, 個人番号) by form; (record number, what is unknown)."""
    form = xml_form("wage_report")
    assert form is not None
    good: dict[str, list[tuple[int, str]]] = {}
    bad: list[tuple[int, str]] = []
    for part in xml_records.XmlReader(path, form):
        if isinstance(part, list):
            bad += [(record.record_no, record.found) for record in part]
        else:
            numbers = zip(part.record_no.to_pylist(), part.columns["individual_number"].to_pylist(), strict=True)
            good.setdefault(part.edition[-4:-1], []).extend(numbers)
    return good, bad


def test_the_era_of_a_birthday_is_coded_from_meiji_there(office: Office) -> None:
    assert NATIONAL_TAX_ERA_CODES["3"] == "昭和"
    showa = xml_report(wage_values(1))
    assert "<gen:era>3</gen:era><gen:yy>60</gen:yy>" in showa
    office.put_bytes(
        "a.xml", xml_file(showa, xml_report(wage_values(2, born_era="9")), xml_report(wage_values(3, born_era="")))
    )
    intake.run(office.ctx)
    assert office.rows("SELECT born_on::VARCHAR FROM document") == [("1985-04-01",)]
    assert [(record, rule) for record, rule, _ in office.messages()] == [
        (2, "impossible_birthday"),
        (2, "unknown_code"),
        (3, "required"),
    ]


def test_rules_quarantine_and_amounts_are_those_of_the_csv(office: Office) -> None:
    wrong = wage_values(
        2, individual_number=with_wrong_check_digit(number(2)), paid_yen="1000000", income_after_deduction_yen="350000"
    )
    hidden = wage_values(3, remarks=f"番号{number(3)}")
    office.put_bytes(
        "a.xml",
        xml_file(
            xml_report(wage_values(1)),
            xml_report(wrong),
            xml_report(hidden),
            xml_report(wage_values(1)),
            xml_report(wage_values(4), more="<NEW/>"),
        ),
        note="sender: a\nbatch: A\nrecords: 5\npaid_yen: 16000000\n",
    )
    report = intake.run(office.ctx)
    assert report.lines == [
        "wage_report/2026-01-31/a.xml: 取り込みました（読込み5件、受入れ1件5,000,000円、保留3件6,000,000円、重複1件5,000,000円）。"
        "金額を読めないレコード1件は0円として数えました"
    ]
    assert [(record, text) for record, _, text in office.messages()] == [
        (
            2,
            "個人番号の検査用数字が合いません ／ 項目: 95 支払を受ける者の個人番号 ／ "
            "正しい形: 12桁目が番号法施行令に基づく検査用数字であること ／ 対処: 提出者に本人の個人番号の確認を依頼してください",
        ),
        (
            3,
            "個人番号の欄ではない項目に、12桁以上の数字があります。個人番号の疑いがあるため値を伏せました ／ "
            "項目: 86 摘要 ／ 正しい形: 個人番号は個人番号の欄だけ ／ 対処: 原本を確認し、提出者に訂正を依頼してください",
        ),
        (
            5,
            "様式にない内容を持つXMLの報告書です ／ 内容: タグ NEW ／ "
            "正しい形: schemas/intake/eltax_xml の様式にあるタグを1つずつ ／ "
            "対処: 原本を確認し、提出者に確認してください。新しい版の様式なら schemas/intake/eltax_xml に追加してください",
        ),
    ]


# ------------------------------------------------------------------------- nothing is dropped
@pytest.mark.parametrize(
    ("report", "found"),
    [
        (xml_report(wage_values(1), more="<KYU9990>1</KYU9990>"), "タグ KYU9990"),
        (xml_report(wage_values(1), more="<KYU9990/>"), "タグ KYU9990"),
        (xml_report(wage_values(1), more='<a:KYU0170 xmlns:a="urn:other">1</a:KYU0170>'), "タグ KYU0170"),
        (xml_report(wage_values(1), more="<KYU0170>1</KYU0170>"), "タグ KYU0170 が2つ"),
        (xml_report(wage_values(1), more="<KYU0020>1<B>2</B></KYU0020>"), "タグ B"),
        (xml_report(wage_values(1), more="<KYU0440><gen:yy>1</gen:yy></KYU0440>"), "タグ KYU0440 が2つ"),
        (xml_report(wage_values(1, born_day="<gen:zz/>")), "タグ zz"),
        (xml_report(wage_values(1)).replace("<gen:dd>01", "<gen:dd><gen:d/>01"), "タグ d"),
        (xml_report(wage_values(1)).replace("<gen:dd>", "<gen:dd>01</gen:dd><gen:dd>"), "タグ dd が2つ"),
        (xml_report(wage_values(1)).replace("<gen:dd>", "<gen:dd x='1'>"), "タグ dd の属性 x"),
        (xml_report(wage_values(1)).replace("<KYU0170>", "<KYU0170 idref='a'>"), "タグ KYU0170 の属性 idref"),
        (xml_report(wage_values(1), attributes=" color='red'"), "属性 color"),
        (xml_report(wage_values(1), more="鈴木"), "タグの間の文字"),
        (xml_report(wage_values(1)).replace("<gen:era>", "鈴木<gen:era>"), "タグの間の文字"),
        (xml_report(wage_values(1), more=f"<N{number(1)}/>"), "タグ （表示できない名前）"),
        (xml_report(wage_values(1), more="<鈴木一郎/>"), "タグ （表示できない名前）"),
        (xml_report(wage_values(1), more=xml_report(wage_values(2))), "タグ INTERIM_KYUHO_147"),
        (xml_report(wage_values(1), "INTERIM_KYUHO_144", more="<KYU1440>1</KYU1440>"), "タグ KYU1440"),
        ("<INTERIM_KYUHO_147><KYU0010>315</KYU0010></INTERIM_KYUHO_147>", "様式 INTERIM_KYUHO_147"),
        ("<TENPU_INF><YUSO_KBN>1</YUSO_KBN></TENPU_INF>", "様式 TENPU_INF"),
        ('<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="file:///etc/passwd"/>', "様式 include"),
    ],
)
def test_what_a_form_does_not_have_is_told_and_its_neighbours_are_taken_in(
    tmp_path: Path, report: str, found: str
) -> None:
    path = tmp_path / "a.xml"
    path.write_bytes(xml_file(xml_report(wage_values(7)), report, xml_report(wage_values(9))))
    good, bad = read(path)
    assert bad == [(2, found)]
    assert good == {"147": [(1, number(7)), (3, number(9))]}


def test_what_says_nothing_is_no_content(tmp_path: Path) -> None:
    path = tmp_path / "a.xml"
    report = xml_report(
        wage_values(1), more="<!-- 注 --><?pi?><KYU0860></KYU0860><KYU0850/>", attributes=" page='1' taari=''"
    )
    path.write_bytes(
        b"\xef\xbb\xbf" + xml_file(report, head="<!-- 注 --><?xml-stylesheet href='http://127.0.0.1:9/'?>")
    )
    assert read(path) == ({"147": [(1, number(1))]}, [])


def test_every_item_of_every_layout_has_a_tag() -> None:
    for source in ("wage_report", "pension_report"):
        form = xml_form(source)
        assert form is not None
        assert not form.official
        assert "暫定レイアウト" in form.title
        assert "urn:juminzei:interim" in form.namespace
        for layout in form.layouts.values():
            assert {item.name for item in layout.items} <= set(form.tag_of)
    assert xml_form("resident_register") is None


# ------------------------------------------------------------------------- hostile files
BOMB = '<!DOCTYPE a [<!ENTITY a "lol">' + "".join(f'<!ENTITY a{n} "&a{n - 1};&a{n - 1};">' for n in range(1, 30)) + "]>"
UTF8 = "UTF-8のXML"
WHOLE = "UTF-8で、文法に合い、途中で切れていないXML"
LIMITS = "1件の報告書は1MiB、1ファイルは8GiB・300万件、要素の深さは256まで"
LISTED = "schemas/intake/eltax_xml/envelope.yaml にあるものだけ"
GOOD = xml_report(wage_values(1))
HOSTILE = {
    "doctype": (
        xml_file(GOOD, head="<!DOCTYPE SHINKOKU_UNIT>"),
        "DOCTYPE（文書型宣言）がある",
        "DOCTYPEも実体の定義もないXML",
    ),
    "bomb": (xml_file(GOOD, head=BOMB), "DOCTYPE（文書型宣言）がある", "DOCTYPEも実体の定義もないXML"),
    "external": (
        xml_file(GOOD, head='<?xml version="1.0"?> <!-- x --> <!DOCTYPE a SYSTEM "http://127.0.0.1:{port}/a.dtd">'),
        "DOCTYPE（文書型宣言）がある",
        "DOCTYPEも実体の定義もないXML",
    ),
    "late doctype": (
        xml_file(GOOD).replace(b"<TAX_DATA>", b"<!DOCTYPE a><TAX_DATA>"),
        "XMLの文法に合わない（1行目）",
        WHOLE,
    ),
    "entity": (xml_file(GOOD.replace("5000000", "&yen;")), "定義のない実体参照（&…;）がある（2行目）", WHOLE),
    "depth": (xml_file(GOOD, "<a>" * 300 + "</a>" * 300), "要素が深すぎるか、値が長すぎる（3行目）", WHOLE),
    "utf-16": (xml_file(GOOD).decode().encode("utf-16"), "UTF-8ではない文字コード", UTF8),
    "utf-16 without mark": (xml_file(GOOD).decode().encode("utf-16-le"), "UTF-8ではない文字コード", UTF8),
    "declared": (
        xml_file(GOOD, head='<?xml version="1.0" encoding="Shift_JIS"?>'),
        "XML宣言の文字コードがUTF-8ではない",
        UTF8,
    ),
    "cp932": (xml_file(GOOD).decode().encode("cp932"), "UTF-8として読めないバイトがある（2行目）", WHOLE),
    "control": (xml_file(GOOD.replace("見本商事", "見\x01商事")), "XMLに使えない文字がある（2行目）", WHOLE),
    "root": (b"<html><body/></html>", "最初の要素が html", "要素 SHINKOKU_UNIT から始まるXML"),
    "no element": (b"PK\x03\x04 zip", "XMLの要素から始まっていない", "要素 SHINKOKU_UNIT から始まるXML"),
    "long prolog": (
        b"<!--" + b"x" * 70_000 + b"-->" + xml_file(GOOD, head=""),
        "XMLの要素から始まっていない",
        "要素 SHINKOKU_UNIT から始まるXML",
    ),
    "cut": (xml_file(GOOD)[: -len("</KOUSEI_KANRI_INF></SHINKOKU_UNIT>")], "途中で切れている（3行目）", WHOLE),
    "two documents": (xml_file(GOOD) + b"<a/>", "XMLの文法に合わない（3行目）", WHOLE),
    "no tax data": (b"<SHINKOKU_UNIT/>", "要素 TAX_DATA がない", "KOUSEI_KANRI_INF/TAX_DATA のあるXML"),
    "two tax data": (
        xml_file(GOOD).replace(b"</KOUSEI_KANRI_INF>", b"<TAX_DATA/></KOUSEI_KANRI_INF>"),
        "要素 TAX_DATA が2つある",
        "1つの TAX_DATA",
    ),
    "text between": (xml_file(GOOD, "鈴木", GOOD), "報告書と報告書の間に文字がある", "要素だけの TAX_DATA"),
    "text before": (xml_file("鈴木", GOOD), "報告書と報告書の間に文字がある", "要素だけの TAX_DATA"),
    "envelope tag": (
        xml_file(GOOD, envelope=ENVELOPE + "<HIMITSU/>"),
        "封筒（構成管理情報）に知らないタグ HIMITSUがある",
        LISTED,
    ),
    "report outside": (
        xml_file(GOOD, envelope=ENVELOPE + GOOD),
        "封筒（構成管理情報）に知らないタグ INTERIM_KYUHO_147がある",
        LISTED,
    ),
    "envelope attribute": (
        xml_file(GOOD).replace(b"<TAX_DATA>", b"<TAX_DATA a='1'>"),
        "封筒（構成管理情報）に知らない属性 aがある",
        LISTED,
    ),
    "envelope text": (
        xml_file(GOOD, envelope="鈴木" + ENVELOPE),
        "封筒（構成管理情報）に知らないタグ KOUSEI_KANRI_INF の中の文字がある",
        LISTED,
    ),
    "envelope version": (
        xml_file(GOOD, envelope=ENVELOPE.replace("0001", "0002")),
        "KOUSEI_KANRI_INF/KOUSEI_KANRI/KANRI_INF/KOUSEI_KANRI_VR の値が違うか、ない",
        "0001",
    ),
    "other tax": (
        xml_file(GOOD, envelope=ENVELOPE.replace("502", "102")),
        "KOUSEI_KANRI_INF/GYOMU_PROC/PROC_INF/TAX_KBN の値が違うか、ない",
        "502",
    ),
    "huge report": (
        xml_file(GOOD, xml_report(wage_values(2), more="<A>x</A>" * 200_000)),
        "1件の報告書が大きすぎる",
        LIMITS,
    ),
    "huge value": (
        xml_file(GOOD, xml_report(wage_values(2, remarks="あ" * 500_000))),
        "1件の報告書が大きすぎる",
        LIMITS,
    ),
    "huge envelope": (xml_file(GOOD, envelope=ENVELOPE + "<A/>" * 400_000), "1件の報告書が大きすぎる", LIMITS),
}


def test_hostile_files_are_each_refused_with_the_reason_and_the_others_are_taken_in(office: Office) -> None:
    paths = {kind: office.put_bytes(f"{kind}.xml", content) for kind, (content, _, _) in HOSTILE.items()}
    office.put_bytes("good.xml", xml_file(xml_report(wage_values(77))))
    reasons = {kind: refusal(f"{kind}.xml", found, expected) for kind, (_, found, expected) in HOSTILE.items()}
    assert refusals(office) == [reasons[kind] for kind in sorted(HOSTILE, key=lambda kind: f"{kind}.xml")]
    for kind, path in paths.items():
        assert path.read_bytes() == HOSTILE[kind][0], f"{kind} stays in the inbox"
    assert office.rows("SELECT file_name, accepted_count FROM source_file") == [("good.xml", 1)]
    assert [str(left) for left in office.ctx.home.landing.rglob("*.parquet")] == []


def test_too_many_reports_and_too_large_a_file_are_refused(office: Office, monkeypatch) -> None:
    monkeypatch.setattr(xml_guard, "REPORTS_MAX", 2)
    monkeypatch.setattr(xml_guard, "FILE_BYTES_MAX", 10_000)
    office.put_bytes("large.xml", xml_file(*[GOOD] * 2).ljust(10_001))
    office.put_bytes("many.xml", xml_file(*["<A/>"] * 3))
    assert refusals(office) == [
        refusal("large.xml", "ファイルが大きすぎる", LIMITS),
        refusal("many.xml", "報告書が多すぎる", LIMITS),
    ]


def test_what_begins_like_xml_is_read_as_xml_whatever_its_name(office: Office) -> None:
    office.put_bytes("a.csv", xml_file(GOOD))
    assert intake.run(office.ctx).counts["accepted"] == 1


def test_nothing_in_a_file_makes_us_call_anybody(office: Office) -> None:
    asked: list[str] = []

    class Listener(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)

        def log_message(self, *_: object) -> None:
            pass

    server = http.server.HTTPServer(("127.0.0.1", 0), Listener)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    url = f"http://127.0.0.1:{server.server_port}"
    office.put_bytes("a.xml", xml_file(GOOD, head=f'<!DOCTYPE a SYSTEM "{url}/dtd">'))
    office.put_bytes("b.xml", xml_file(GOOD, head=f'<!DOCTYPE a [<!ENTITY % p SYSTEM "{url}/entity"> %p;]>'))
    office.put_bytes(
        "c.xml", xml_file(f'<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="{url}/include"/>')
    )
    office.put_bytes("d.xml", xml_file(GOOD, head=f"<?xml-stylesheet href='{url}/style'?>"))
    located = f' xmlns:s="http://www.w3.org/2001/XMLSchema-instance" s:schemaLocation="urn:a {url}/schema"'
    office.put_bytes("e.xml", xml_file(xml_report(wage_values(2), attributes=located)))
    intake.run(office.ctx)
    server.shutdown()
    server.server_close()
    assert asked == []


def test_memory_does_not_grow_with_the_file(tmp_path: Path) -> None:
    """Of a file of 28 MB the parser's tree holds a few reports: it is emptied behind every report."""
    path = tmp_path / "large.xml"
    report = xml_report(wage_values(1))
    path.write_bytes(xml_file(*[report] * 40_000))
    form = xml_form("wage_report")
    assert form is not None
    reader = xml_records.XmlReader(path, form)
    most = 0
    for _ in reader:
        most = max(most, len(reader._tax_data))
    assert path.stat().st_size > 28_000_000
    assert most <= 1


# ------------------------------------------------------------------------- numbers, and a kill in the middle
def test_no_individual_number_of_an_xml_file_is_left_in_the_clear(office: Office) -> None:
    office.put_bytes(
        "a.xml",
        xml_file(
            xml_report(wage_values(1, **FULL)),
            xml_report(wage_values(2, remarks=f"本人 {number(2)}")),
            xml_report(wage_values(3), more=f"<KYU9990>{number(4)}</KYU9990>"),
            xml_report(wage_values(5), more=f"<N{number(6)}/>"),
        ),
    )
    intake.run(office.ctx)
    everything = b"".join(path.read_bytes() for path in office.ctx.home.root.rglob("*") if path.is_file())
    told = str(office.messages()) + str(office.rows("FROM wage_report")) + str(office.rows("FROM document"))
    for serial in (1, 2, 3, 4, 5, 6, 50, 51, 52):
        assert number(serial).encode() not in everything
        assert number(serial) not in told


def land_and_die(ctx: StageContext, file: InboxFile) -> None:
    """In a process of its own: killed when the third part is about to be written."""
    written = 0
    copy = landing._Writer._copy

    def copy_or_die(self, *args):
        nonlocal written
        written += 1
        if written == 3:
            os.kill(os.getpid(), signal.SIGKILL)
        return copy(self, *args)

    xml_records.BATCH_REPORTS, xml_records.CHUNK_BYTES = 2, 500
    landing._Writer._copy = copy_or_die
    landing.land(ctx.home, ctx.keyring, file, fingerprint(file, None), 2026)


def test_killed_in_the_middle_of_a_file_it_is_read_anew_and_nothing_is_lost(office: Office) -> None:
    path = office.put_bytes("a.xml", xml_file(*(xml_report(wage_values(serial)) for serial in range(1, 8))))
    file = InboxFile("wage_report", RECEIVED_ON, path)
    process = multiprocessing.get_context("spawn").Process(target=land_and_die, args=(office.ctx, file))
    process.start()
    process.join()
    assert process.exitcode == -signal.SIGKILL
    left = list(office.ctx.home.landing.rglob("*.parquet"))
    assert left
    for serial in range(1, 8):
        assert not any(number(serial).encode() in part.read_bytes() for part in left)
    report = intake.run(office.ctx)
    assert (report.counts["accepted"], report.problems) == (7, [])
    assert office.rows("SELECT record_no FROM document ORDER BY document_no") == [(no,) for no in range(1, 8)]
    assert list(office.ctx.home.landing.rglob("*.parquet")) == []


def test_the_same_xml_again_changes_nothing(office: Office) -> None:
    office.put_bytes("a.xml", xml_file(GOOD))
    intake.run(office.ctx)
    office.put_bytes("again.xml", xml_file(GOOD))
    report = intake.run(office.ctx)
    assert (report.counts["known"], report.commit_no, report.problems) == (1, None, [])


def test_a_file_of_unknown_reports_alone_is_counted(office: Office) -> None:
    office.put_bytes("a.xml", xml_file("<A/>", "<B/>"))
    report = intake.run(office.ctx)
    assert (report.counts["loaded"], report.counts["read"], report.counts["quarantined"]) == (1, 2, 2)


def test_an_envelope_without_reports_is_told(office: Office) -> None:
    office.put_bytes("a.xml", xml_file())
    [problem] = refusals(office)
    assert problem.startswith("レコードが1件もないファイルです ／ ファイル: a.xml")


def test_the_newest_layout_is_used_by_a_form() -> None:
    form = xml_form("wage_report")
    assert form is not None
    assert form.newest_form(NEWEST) == "INTERIM_KYUHO_147"
