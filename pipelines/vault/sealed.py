"""Sealed files: our own archive (key by purpose) and what leaves for a recipient (the recipient's public key).

A sealed file is one line that names purpose and key version, then an age file: `tail -n +2 FILE | age -d -i KEY`.
"""

import base64
import hashlib
import io
import os
import re
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, Protocol, cast

import pyrage  # type: ignore[import-untyped]

from pipelines.errors import ConfigurationError, DataError
from pipelines.exchange import durable
from pipelines.exchange.full_disk import told_of_full_disk
from pipelines.vault.age import identity

if TYPE_CHECKING:
    from pipelines.vault.keys import KeyRing

_HEADER = re.compile(rb"juminzei-sealed/1 ([a-z0-9-]+) v(\d+)\n")
_HEADER_BYTES_MAX = 128


class Sink(Protocol):
    """What takes the bytes of a payload."""

    def write(self, content: bytes, /) -> int:
        """Take the next bytes; how many."""

    def flush(self) -> None:
        """The bytes so far are all there."""


def seal_file(source: bytes | Path, target: Path, *, keyring: "KeyRing", purpose: str) -> str:
    """Encrypt `source` (its bytes, or the file) to `target` under the purpose's primary key; whole or not at all.

    Returns `sealed_digest`: the SHA-256 of the payload before encryption. Files are streamed. Raises TransientError
    when the disk is full or fails.
    """
    key = keyring.primary(purpose)
    part = durable.temporary(target)
    header = f"juminzei-sealed/1 {purpose} v{key.version}\n".encode()
    with _opened(source) as payload, told_of_full_disk(target.name):
        reader = _Digesting(payload)
        try:
            with open(part, "wb", opener=_owner_only) as out:
                out.write(header)
                out.flush()
                pyrage.encrypt_io(reader, out, [identity(key.derive("age")).to_public()])
        except (OSError, pyrage.EncryptError):
            part.unlink(missing_ok=True)
            raise
    durable.fsync_file(part, point="sealed.fsync")
    durable.replace(part, target, point="sealed.replace")
    return reader.digest.hexdigest()


def open_sealed(path: Path, *, keyring: "KeyRing") -> bytes:
    """The payload. Raises DataError when the file was changed or cut, ConfigurationError when its key is gone."""
    payload = io.BytesIO()
    _decrypt(path, payload, keyring)
    return payload.getvalue()


def decrypt_to(path: Path, sink: Sink, *, keyring: "KeyRing") -> None:
    """Give the payload to `sink` as it is decrypted; raises as `open_sealed`."""
    _decrypt(path, sink, keyring)


def stream_sealed(path: Path, *, keyring: "KeyRing") -> BinaryIO:
    """The payload while it is decrypted: in bounded memory, and never on the disk. Reading raises as `open_sealed`."""
    return cast("BinaryIO", io.BufferedReader(_Payload(path, keyring)))


def sealed_purpose(path: Path) -> str:
    """The purpose whose key sealed the file. Raises DataError when it is no sealed file."""
    with path.open("rb") as sealed:
        return _header(path, sealed)[0]


def sealed_digest(path: Path, *, keyring: "KeyRing") -> str:
    """SHA-256 of the payload, in bounded memory; raises as `open_sealed`."""
    sink = _DigestSink()
    _decrypt(path, sink, keyring)
    return sink.digest.hexdigest()


def encrypt_for(payload: bytes, recipient: str, *, keyring: "KeyRing") -> bytes:
    """`payload` as an age file for `recipient`, whose public key lies beside our keys as `<recipient>.age.pub`.

    Fails closed: raises ConfigurationError when there is no such key or it is none.
    """
    path = keyring.folder / f"{recipient}.age.pub"
    try:
        public = pyrage.x25519.Recipient.from_str(path.read_text(encoding="ascii").strip())
    except (OSError, ValueError, pyrage.RecipientError):
        raise ConfigurationError(
            f"受領者「{recipient}」の公開鍵がないか、正しくありません。発送を中止しました",
            file=path.name,
            expected="age1 で始まる1行",
            action="受領者から公開鍵を受け取り、鍵フォルダに置いてください",
        ) from None
    sealed: bytes = pyrage.encrypt(payload, [public])
    return sealed


def parquet_key(keyring: "KeyRing", purpose: str, version: int | None = None) -> str:
    """32 ASCII characters (192 secret bits) for DuckDB's `footer_key_value: ?`, by default of the primary version.

    Keep the version with the file (in its name): nothing in the file tells it.
    """
    key = keyring.primary(purpose) if version is None else keyring.get(purpose, version)
    return base64.b64encode(key.derive("parquet")[:24]).decode()


def _decrypt(path: Path, sink: "BinaryIO | Sink", keyring: "KeyRing") -> None:
    with path.open("rb") as sealed:
        key = keyring.get(*_header(path, sealed))
        try:
            pyrage.decrypt_io(sealed, sink, [identity(key.derive("age"))])
        except (pyrage.DecryptError, OSError):
            raise DataError(
                "封をしたファイルを開けません。改変されたか、途中で切れています",
                file=path.name,
                action="控えから戻してください。原本が受信箱に残っていれば取込みをやり直してください",
            ) from None


def _header(path: Path, sealed: BinaryIO) -> tuple[str, int]:
    """Purpose and key version, which stand before the age file."""
    header = _HEADER.fullmatch(sealed.readline(_HEADER_BYTES_MAX))
    if header is None:
        raise DataError(
            "封をしたファイルの形ではありません",
            file=path.name,
            expected="juminzei-sealed/1 で始まる見出し",
            action="ファイルを置き換えていないか確認してください",
        )
    return header[1].decode(), int(header[2])


def _opened(source: bytes | Path) -> BinaryIO:
    return io.BytesIO(source) if isinstance(source, bytes) else source.open("rb")


def _owner_only(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


class _Digesting:
    """A reader that digests what passes."""

    def __init__(self, payload: BinaryIO) -> None:
        self.payload = payload
        self.digest = hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        """The next bytes of the payload."""
        content = self.payload.read(size)
        self.digest.update(content)
        return content


class _DigestSink:
    """A writer that keeps nothing but the digest."""

    def __init__(self) -> None:
        self.digest = hashlib.sha256()

    def write(self, content: bytes) -> int:
        """Take the next bytes of the payload."""
        self.digest.update(content)
        return len(content)

    def flush(self) -> None:
        """Nothing is held back."""


class _Payload(io.RawIOBase):
    """The read end of a pipe into which a thread decrypts; what goes wrong there is raised where the payload ends."""

    def __init__(self, path: Path, keyring: "KeyRing") -> None:
        self._read_end, write_end = os.pipe()
        self._failure: Exception | None = None
        self._thread = threading.Thread(target=self._fill, args=(path, keyring, write_end), daemon=True)
        self._thread.start()

    def _fill(self, path: Path, keyring: "KeyRing", write_end: int) -> None:
        try:
            # `open` owns the end of the pipe: closing it is what tells the reader that nothing follows.
            with open(write_end, "wb") as sink:
                _decrypt(path, sink, keyring)
        except Exception as error:  # whatever it is, the reader must hear of it
            self._failure = error

    def readable(self) -> bool:
        """It is only read."""
        return True

    def readinto(self, buffer: Any) -> int:
        """As RawIOBase; raises what stopped the decryption, instead of an end that is none."""
        content = os.read(self._read_end, len(buffer))
        if not content:
            self._thread.join()
            if self._failure:
                raise self._failure
        buffer[: len(content)] = content
        return len(content)

    def close(self) -> None:
        """Stop reading; the thread then has nobody to write to, and ends."""
        if not self.closed:
            os.close(self._read_end)
            self._thread.join()
        super().close()
