"""What left, read back as its recipients read it: the text of pages, the codes on slips, the rows of files."""

import csv
import io
import json
import re
import zipfile
from collections import defaultdict
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path

import pypdfium2  # type: ignore[import-untyped]
import zxingcpp

from pipelines.city import CityHome
from pipelines.exchange.contract import load_contract
from pipelines.exchange.emission import MANIFEST
from pipelines.exchange.staged import staged
from pipelines.vault import KeyRing
from tests.notices.test_slips import read, tagged

YEN = r"([\d,]+)"
Rows = list[dict[str, str]]


def yen(text: str) -> int:
    return int(text.replace(",", ""))


def text_of(content: bytes) -> list[str]:
    """The text of each page."""
    document = pypdfium2.PdfDocument(content)
    found = [page.get_textpage().get_text_bounded().replace("\r\n", "\n") for page in document]
    document.close()
    return found


class Left:
    """Everything that left a municipality."""

    def __init__(self, home: CityHome, keyring: KeyRing) -> None:
        self.home = home
        self.keyring = keyring

    def files(self, contract: str, pattern: str = "*") -> Iterator[tuple[str, bytes]]:
        """(name, content) of each file before it was encrypted; that this is what left, its signed manifest says by digest."""
        for path in sorted(self.home.outbox.glob(f"{contract}/*/{MANIFEST}")):
            manifest = json.loads(path.read_bytes())
            payload = staged(
                self.home,
                self.keyring,
                load_contract(contract, city_code=self.home.city_code),
                manifest["payload_digest"],
            )
            digests = {file["sha256"] for file in manifest["files"]}
            for file in payload.listing["files"]:
                assert file["sha256"] in digests
                if Path(file["name"]).match(pattern):
                    yield file["name"], payload.file(file["name"])

    def rows(self, contract: str) -> Rows:
        return [
            row for _, content in self.files(contract, "*.csv") for row in csv.DictReader(io.StringIO(content.decode()))
        ]

    @cached_property
    def notices(self) -> dict[str, tuple[int, int, list[int]]]:
        """納税通知書 by 宛名番号: (annual tax, tax asked for by it, its instalments)."""
        found = {}
        for _, content in self.files("taxpayer-ordinary_collection_notice", "notice-*.pdf"):
            for page in text_of(content):
                if (number := re.search(r"^宛名番号 (\d{15})$", page, re.M)) is None:
                    continue
                annual, billed = (
                    re.search(rf"{name} {YEN}", page) for name in ("年税額", "この通知書により納める額）")
                )
                assert annual
                assert billed
                instalments = re.findall(rf"^第\d期（\d+月） .* {YEN}$", page, re.M)
                found[number[1]] = (yen(annual[1]), yen(billed[1]), [yen(each) for each in instalments])
        return found

    @cached_property
    def qr_codes(self) -> list[dict[str, str]]:
        """The eL-QR of every slip, by tag."""
        return [tagged(text) for text in self._codes(zxingcpp.BarcodeFormat.QRCode)]

    @cached_property
    def bar_codes(self) -> dict[str, int]:
        """Slip number → yen of every GS1-128."""
        return {text[10:30]: int(text[39:45]) for text in self._codes(zxingcpp.BarcodeFormat.Code128)}

    def _codes(self, kind: zxingcpp.BarcodeFormat) -> list[str]:
        return [
            text
            for _, content in self.files("taxpayer-ordinary_collection_notice", "payment_slip-*.pdf")
            for text in read(content, kind)
        ]

    @cached_property
    def employers_lists(self) -> dict[str, list[int]]:
        """The twelve months of every employee that an employer was told of, in its file or on its paper, by 宛名番号."""
        names = (
            "june",
            "july",
            "august",
            "september",
            "october",
            "november",
            "december",
            "january",
            "february",
            "march",
            "april",
            "may",
        )
        found: dict[str, list[list[int]]] = defaultdict(list)
        for row in self.rows("employer-withholding_notice"):
            found[row["taxpayer_no"]].append([yen(row[f"{name}_yen"]) for name in names])
        line = re.compile(
            rf"^(\d{{15}})$(?:(?!^\d{{15}}$).)*?開始 \d+月 {YEN}\s((?:[\d,]+\s){{11}}[\d,]+)$", re.M | re.S
        )
        for _, content in self.files("employer-withholding_paper", "employer-*.pdf"):
            # The reader joins the zeros of following columns to one word.
            text = re.sub(r"^0{2,}$", lambda zeros: " ".join(zeros[0]), "\n".join(text_of(content)), flags=re.M)
            for taxpayer_no, total, months in line.findall(text):
                listed = [yen(month) for month in months.split()]
                assert sum(listed) == yen(total)
                found[taxpayer_no].append(listed)
        assert all(len(lists) == 1 for lists in found.values()), "nobody is told of twice"
        return {taxpayer_no: months for taxpayer_no, [months] in found.items()}

    @cached_property
    def employees_notices(self) -> dict[str, tuple[int, list[int]]]:
        """税額決定通知書（納税義務者用）, on paper or in the employer's archive, by 宛名番号: (annual tax, the twelve months)."""
        papers = [content for _, content in self.files("employee-withholding_paper", "*.pdf")]
        for _, content in self.files("employee-withholding_electronic", "*.zip"):
            with zipfile.ZipFile(io.BytesIO(content)) as archive:
                papers += [archive.read(name) for name in archive.namelist() if name.endswith(".pdf")]
        found = {}
        for page in (page for content in papers for page in text_of(content)):
            if (number := re.search(r"通知書番号　\d{4}-3\d-(\d{15})-", page)) is not None:
                annual = re.search(rf"年税額（[^）]*）\s*{YEN}", page)
                assert annual
                months = [
                    yen(each) for six in re.findall(r"^月割額 ((?:[\d,]+ ?){6})$", page, re.M) for each in six.split()
                ]
                assert number[1] not in found, "nobody gets two"
                found[number[1]] = (yen(annual[1]), months)
        return found
