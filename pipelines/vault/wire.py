"""How the vault's process and its caller talk: a JSON header and an Arrow table, over pipes."""

import json
from typing import IO, Any

import pyarrow as pa

# A city of a million hands in some three million pairs of about 120 bytes at once.
TABLE_BYTES_MAX = 1 << 30
HEADER_BYTES_MAX = 1 << 16


def send(stream: IO[bytes], header: dict[str, Any], table: pa.Table | None = None) -> None:
    """Write one message. Raises ValueError when it is larger than a message may be."""
    body = b"" if table is None else _serialised(table)
    head = json.dumps(header | {"table_bytes": len(body)}).encode()
    if len(head) > HEADER_BYTES_MAX or len(body) > TABLE_BYTES_MAX:
        raise ValueError("a message to or from the vault is too large")
    stream.write(len(head).to_bytes(4, "big") + head)
    stream.write(body)
    stream.flush()


def receive(stream: IO[bytes]) -> tuple[dict[str, Any], pa.Table | None] | None:
    """Read one message; None at the end of the stream, also in the middle of a message."""
    prefix = stream.read(4)
    size = int.from_bytes(prefix, "big")
    if len(prefix) < 4 or size > HEADER_BYTES_MAX:
        return None
    head = stream.read(size)
    if len(head) < size:
        return None
    header = json.loads(head)
    body = stream.read(min(header["table_bytes"], TABLE_BYTES_MAX))
    if len(body) < header["table_bytes"]:
        return None
    return header, pa.ipc.open_stream(body).read_all() if body else None


def _serialised(table: pa.Table) -> bytes:
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, table.schema) as writer:
        writer.write_table(table)
    return sink.getvalue().to_pybytes()
