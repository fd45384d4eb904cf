"""Printing: a chunk of notices as JSON through the typst template to one PDF; the same data give the same bytes."""

import json
from datetime import UTC, date, datetime, time
from functools import cache
from typing import TYPE_CHECKING, Any

from pipelines.notices.glyphs import FONT, font_file
from pipelines.paths import SCHEMAS

if TYPE_CHECKING:
    import typst

TEMPLATES = SCHEMAS / "notices"
# typst lays a document out as a whole, at about 1.5 MB a notice and 2.5 MB for its slips: 125 of them take 0.5 GB.
NOTICES_PER_FILE = 125
# typst keeps what it laid out for the next ten compiles of the process; as many empty ones make it let go of it.
EMPTY_COMPILES = 11


@cache
def _compiler() -> "typst.Compiler":
    """One for the process: it has read the font, which takes longer than laying out a notice."""
    import typst

    return typst.Compiler(root=str(TEMPLATES), font_paths=[str(font_file().parent)], ignore_system_fonts=True)


def print_notices(template: str, common: dict[str, Any], notices: list[dict[str, Any]], *, notice_on: date) -> bytes:
    """One PDF of the notices in order, by the template of that name. The creation date inside is that of the notice, never the clock's."""
    assert len(notices) <= NOTICES_PER_FILE
    compiled = _compiler().compile(
        str(TEMPLATES / template),
        sys_inputs={
            "font": FONT,
            "common": json.dumps(common, ensure_ascii=False),
            "notices": json.dumps(notices, ensure_ascii=False),
        },
        timestamp=datetime.combine(notice_on, time(), tzinfo=UTC),
    )
    for _ in range(EMPTY_COMPILES):
        _compiler().compile(b"")
    assert isinstance(compiled, bytes)
    return compiled
