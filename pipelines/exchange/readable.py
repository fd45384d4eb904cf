"""What a parser needs of a file: the file in the inbox (`pathlib.Path`), or its sealed original in the archive."""

from typing import BinaryIO, Literal, Protocol


class Sized(Protocol):
    """What `stat` tells."""

    @property
    def st_size(self) -> int:
        """Bytes."""


class Readable(Protocol):
    """A named sequence of bytes that can be read again from its beginning."""

    @property
    def name(self) -> str:
        """The file's name."""

    @property
    def suffix(self) -> str:
        """The name's ending, with its dot."""

    def open(self, mode: Literal["rb"]) -> BinaryIO:
        """The bytes, from the first."""

    def stat(self) -> Sized:
        """How long it is."""
