"""Printing: a chunk of notices as JSON through the typst template to one PDF; the same data give the same bytes, made once."""

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from functools import cache
from importlib.metadata import version
from itertools import islice
from typing import TYPE_CHECKING, Any, TypeVar

from pipelines.exchange.payload import PayloadFile, SealedFolder, made_once
from pipelines.exchange.progress import Progress
from pipelines.notices.glyphs import FONT, font_file
from pipelines.paths import SCHEMAS

if TYPE_CHECKING:
    import typst

Item = TypeVar("Item")
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


@dataclass
class Press:
    """Prints the files of one payload into its folder, tells how far it has come, and keeps what was finished before a kill."""

    staging: SealedFolder
    template: str
    common: dict[str, Any]
    notice_on: date
    progress: Progress = field(default_factory=lambda: Progress("通知の印刷", "件"))

    def file(self, name: str, notices: list[dict[str, Any]], *, rows: int, yen: int) -> PayloadFile:
        """A PDF of these notices; `rows` records, `yen` their sum."""
        made = made_once(
            self.staging,
            name,
            inputs_digest(self.template, self.common, notices, self.notice_on),
            lambda: print_notices(self.template, self.common, notices, notice_on=self.notice_on),
            rows=rows,
            yen=yen,
        )
        self.progress.add(rows)
        return made


def inputs_digest(template: str, common: dict[str, Any], notices: object, notice_on: date) -> str:
    """SHA-256 of all that the bytes of a printed file come from: the data, the templates, the font, typst itself."""
    said = json.dumps([_printing_works(), template, notice_on.isoformat(), common, notices], ensure_ascii=False)
    return hashlib.sha256(said.encode()).hexdigest()


@cache
def _printing_works() -> list[str]:
    works = [*sorted(TEMPLATES.glob("*.typ")), font_file()]
    return [version("typst"), *(hashlib.sha256(path.read_bytes()).hexdigest() for path in works)]


def lots(items: Iterable[Item], size: int) -> Iterator[list[Item]]:
    """The items in lists of at most `size`, in order, each made when it is asked for."""
    source = iter(items)
    while lot := list(islice(source, size)):
        yield lot
