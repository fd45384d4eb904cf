"""Printing: a chunk of notices as JSON through the typst template to one PDF; the same data give the same bytes."""

import json
from datetime import UTC, date, datetime, time
from typing import Any

from pipelines.notices.glyphs import FONT, font_file
from pipelines.paths import SCHEMAS

TEMPLATES = SCHEMAS / "notices"
# typst lays a document out as a whole, at about 2.4 MB a notice: 250 of them take 0.6 GB.
NOTICES_PER_FILE = 250
# typst keeps what it laid out for the next ten compiles of the process; as many empty ones make it let go of it.
EMPTY_COMPILES = 11


def print_notices(template: str, common: dict[str, Any], notices: list[dict[str, Any]], *, notice_on: date) -> bytes:
    """One PDF of the notices in order, by the template `schemas/notices/<template>`. The creation date inside is that of the
    notice, never the clock's."""
    import typst

    assert len(notices) <= NOTICES_PER_FILE
    compiled = typst.compile(
        str(TEMPLATES / template),
        root=str(TEMPLATES),
        font_paths=[str(font_file().parent)],
        ignore_system_fonts=True,
        sys_inputs={
            "font": FONT,
            "common": json.dumps(common, ensure_ascii=False),
            "notices": json.dumps(notices, ensure_ascii=False),
        },
        timestamp=datetime.combine(notice_on, time(), tzinfo=UTC),
    )
    for _ in range(EMPTY_COMPILES):
        typst.compile(b"", ignore_system_fonts=True)
    assert isinstance(compiled, bytes)
    return compiled
