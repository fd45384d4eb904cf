"""Images of returns come as a ZIP with its index: each is registered once, and what is unsafe or incomplete is refused."""

from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile, ZipInfo

import pyarrow as pa
import pytest

from pipelines import intake
from pipelines.errors import DataError
from pipelines.intake import zip_records
from pipelines.intake.numbers import tokenise
from pipelines.vault import KeyRing, Tokeniser
from tests.intake.kit import ATTACHMENT, Office, attached, number, zipped

PDF, TIFF = b"%PDF-1.4 page", b"II*\x00 page"


def packed(*members: tuple[str, bytes]) -> bytes:
    stream = BytesIO()
    with ZipFile(stream, "w") as archive:
        for name, content in members:
            archive.writestr(name, content)
    return stream.getvalue()


def test_pages_are_registered_once_and_what_is_wrong_with_one_waits_for_a_person(office: Office) -> None:
    lines = [
        attached("p1.pdf"),
        attached("p2.tif", attachment_kind="2", title="医療費控除の明細書", page_count="3"),
        attached("gone.pdf"),
        attached("p1.pdf", reference_no="KSK000000002"),
        attached("p3.pdf", reference_no=""),
        attached("p4.pdf") + ",x",
        attached("p5.exe"),
        attached("p6.pdf", city_code="131032"),
        attached("p7.pdf", page_count="0"),
    ]
    pages = {"p1_pdf": PDF, "p2_tif": TIFF, "p3_pdf": PDF, "p4_pdf": PDF, "p5_exe": b"MZ", "p6_pdf": PDF, "p7_pdf": PDF}
    content = zipped(*lines, **pages)
    office.put_bytes("images.zip", content, ATTACHMENT)
    office.put_bytes("later.zip", zipped(lines[0], p1_pdf=PDF), ATTACHMENT)  # the same page again
    report = intake.run(office.ctx)
    assert (report.problems, report.counts["duplicate"]) == ([], 1)
    assert office.rows(
        "SELECT record_no, attachment_kind, title, file_name, media_type, size_bytes, page_count, reference_no FROM attachment "
        "ORDER BY record_no"
    ) == [
        (1, "return_image", "第一表", "p1.pdf", "application/pdf", len(PDF), 1, "KSK000000001"),
        (2, "supporting_image", "医療費控除の明細書", "p2.tif", "image/tiff", len(TIFF), 3, "KSK000000001"),
        (9, "return_image", "第一表", "p7.pdf", "application/pdf", len(PDF), 0, "KSK000000001"),
    ]
    assert [(no, rule) for no, rule, _ in office.messages()] == [
        (3, "absent"), (4, "named_twice"), (5, "required"), (6, "item_count"), (7, "unknown_kind"), (8, "another_city"),
        (9, "pages"),
    ]  # fmt: skip
    assert office.messages()[0][2] == (
        "索引にあるファイルが、ZIPの中にありません ／ 項目: 7 ZIPの中のファイル名 ／ 正しい形: 索引の1行に、ZIPの中のファイル1つ ／ "
        "対処: 税務署に再送を依頼してください"
    )


def _link() -> bytes:
    link = ZipInfo("a.pdf")
    link.external_attr = 0o120777 << 16
    stream = BytesIO()
    with ZipFile(stream, "w") as archive:
        archive.writestr(link, "/etc/passwd")
    return stream.getvalue()


REFUSED = {
    "text": (b"no archive", "ZIPとして読めない"),
    "cut": (zipped(attached(), p1_pdf=PDF)[:-30], "ZIPとして読めない"),
    "no_index": (packed(("p1.pdf", PDF)), "索引（index.csv）がない"),
    "header": (packed(("index.csv", b"a,b\n")), "索引の見出しが2列"),
    "encoding": (packed(("index.csv", b"\x83\x00")), "索引がUTF-8として読めない"),
    "stranger": (zipped(attached(), p1_pdf=PDF, p2_pdf=PDF), "索引にないファイルが1個ある"),
    "climbing": (packed(("../p1.pdf", PDF)), "フォルダか、使えない名前のファイルがある"),
    "folder": (packed(("a/p1.pdf", PDF)), "フォルダか、使えない名前のファイルがある"),
    "link": (_link(), "リンクがある"),
    "broken": (zipped(attached(), p1_pdf=PDF).replace(PDF, b"%PDF-9.9 page"), "ZIPの中のファイルが壊れている"),
}


def test_the_digits_of_a_digest_are_no_individual_number(keyring: KeyRing) -> None:
    columns: dict[str, Any] = {name: pa.array([f"ab{number(1)}cd"]) for name in ("sha256", "file_name")}
    landed = tokenise(columns, ATTACHMENT, Tokeniser(keyring))
    assert landed.masked == {"file_name"}
    assert landed.columns["sha256"].to_pylist() == columns["sha256"].to_pylist()


@pytest.mark.parametrize("kind", REFUSED)
def test_an_unsafe_or_incomplete_zip_is_refused_whole(tmp_path: Path, kind: str) -> None:
    content, found = REFUSED[kind]
    path = tmp_path / "images.zip"
    path.write_bytes(content)
    with pytest.raises(DataError) as error:
        list(zip_records.ZipReader(path, ATTACHMENT))
    assert (error.value.what, error.value.found) == ("画像のZIPを受け付けられません", found)
    assert "取り込まずに受信箱に残しました" in error.value.action


@pytest.mark.parametrize(
    ("limit", "found"),
    [
        ("FILE_BYTES_MAX", "ファイルが大きすぎる"),
        ("MEMBERS_MAX", "ファイルが多すぎる"),
        ("MEMBER_BYTES_MAX", "大きすぎるファイルがある"),
        ("UNPACKED_BYTES_MAX", "展開すると大きすぎる"),
    ],
)
def test_a_zip_has_limits(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, limit: str, found: str) -> None:
    monkeypatch.setattr(zip_records, limit, 1)
    path = tmp_path / "large.zip"
    path.write_bytes(zipped(attached(), p1_pdf=PDF))
    with pytest.raises(DataError, match=found):
        list(zip_records.ZipReader(path, ATTACHMENT))
