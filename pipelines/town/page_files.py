"""Page files of returns on paper as a ZIP with its index: our interim layout (schemas/intake/return_attachment). The pages are blank."""

import zipfile
from pathlib import Path

from pipelines.layout import Layout

INDEX = "index.csv"
# What the sender writes; the items after them are what intake finds in the ZIP.
WRITTEN = ("fiscal_year", "city_code", "reference_no", "attachment_kind", "title", "page_count", "file_name")
# Deflate and any clock would make two towns of one seed differ between machines.
_ON = (1980, 1, 1, 0, 0, 0)


def index_line(values: dict[str, str]) -> str:
    """One line of the index, and its page file's name at the end."""
    return ",".join(values[name] for name in WRITTEN)


def write_pages(path: Path, layout: Layout, lines: list[str]) -> None:
    """The ZIP of the pages that the lines name."""
    index = layout.line_end.join([",".join(WRITTEN), *lines]) + layout.line_end
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr(zipfile.ZipInfo(INDEX, _ON), index.encode(layout.encoding))
        for line in lines:
            name, reference = line.rpartition(",")[2], line.split(",")[WRITTEN.index("reference_no")]
            archive.writestr(zipfile.ZipInfo(name, _ON), _blank_page(reference))


def _blank_page(comment: str) -> bytes:
    """A PDF of one empty page of A4."""
    objects = [
        "<</Type/Catalog/Pages 2 0 R>>",
        "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>",
    ]
    body, places = f"%PDF-1.4\n% {comment}\n", []
    for number, text in enumerate(objects, start=1):
        places.append(len(body))
        body += f"{number} 0 obj{text}endobj\n"
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    end = f"trailer<</Size {len(objects) + 1}/Root 1 0 R>>\nstartxref\n{len(body)}\n%%EOF\n"
    return f"{body}xref\n0 {len(objects) + 1}\n{0:010d} 65535 f \n{table}{end}".encode("ascii")
