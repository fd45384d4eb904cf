"""Printing: a chunk of notices as JSON through the typst template to one PDF; the same data give the same bytes."""

import json
from datetime import UTC, date, datetime, time
from typing import Any

from pipelines.notices.glyphs import FONT, font_file
from pipelines.paths import SCHEMAS

TEMPLATE = SCHEMAS / "notices" / "ordinary_collection_notice.typ"
# typst lays a document out as a whole: a thousand notices take about half a gigabyte, ten thousand would take five.
NOTICES_PER_FILE = 1_000


def print_notices(common: dict[str, Any], notices: list[dict[str, Any]], *, notice_on: date) -> bytes:
    """One PDF with two pages a notice, in order. The creation date inside is that of the notice, never the clock's."""
    import typst

    assert len(notices) <= NOTICES_PER_FILE
    compiled = typst.compile(
        str(TEMPLATE),
        root=str(TEMPLATE.parent),
        font_paths=[str(font_file().parent)],
        ignore_system_fonts=True,
        sys_inputs={
            "font": FONT,
            "common": json.dumps(common, ensure_ascii=False),
            "notices": json.dumps(notices, ensure_ascii=False),
        },
        timestamp=datetime.combine(notice_on, time(), tzinfo=UTC),
    )
    assert isinstance(compiled, bytes)
    return compiled
