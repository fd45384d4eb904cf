"""A printed page as it can be read back: its text, the box of each run of text, the lines of its tables."""

from dataclasses import dataclass

import pypdfium2
import pypdfium2.raw as pdfium

LINE_POINTS_MAX = 2.0
Box = tuple[float, float, float, float]  # left, bottom, right, top in points


@dataclass(frozen=True)
class Page:
    text: str
    boxes: tuple[tuple[str, Box], ...]
    lines: tuple[Box, ...]
    size: tuple[float, float]


def pages(files: list[bytes]) -> list[Page]:
    """All pages of PDF files, in order."""
    found = []
    for content in files:
        document = pypdfium2.PdfDocument(content)
        found += [_page(document[number]) for number in range(len(document))]
        document.close()
    return found


def _page(page: pypdfium2.PdfPage) -> Page:
    text = page.get_textpage()
    boxes = [text.get_rect(number) for number in range(text.count_rects())]
    shapes = [shape.get_bounds() for shape in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_PATH])]
    lines = [box for box in shapes if min(box[2] - box[0], box[3] - box[1]) < LINE_POINTS_MAX]
    return Page(
        text.get_text_range(), tuple((text.get_text_bounded(*box), box) for box in boxes), tuple(lines), page.get_size()
    )
