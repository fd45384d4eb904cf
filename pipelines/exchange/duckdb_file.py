"""Opening DuckDB: bounded, locked down, and only with the encryption extension that we know."""

import hashlib
import os
import platform
import re
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import duckdb

from pipelines.errors import ConfigurationError, TransientError

# SHA-256 of `httpfs.duckdb_extension` 1.5.5 (it brings the OpenSSL cipher that encrypted files need), as it lies in
# the wheels that requirements.lock names, by platform.
EXTENSION_SHA256 = {
    ("Linux", "x86_64"): "887c392b1e49128d11667c81e3698d8b00dfdeb456771acf66d05a0f74f7b7d8",
    ("Linux", "aarch64"): "eba6e263e395a83966090f1f11ade63630b1b21422f0f2813858d179d42ea1e9",
    ("Darwin", "arm64"): "10514b4ef19f80bf4ec4bf90c124f5d34625f2606263b40ae8ec7979905bb779",
}
# Nothing of ours reads from or writes to a network through DuckDB.
_NETWORK_FILESYSTEMS = "HTTPFileSystem,S3FileSystem,HuggingFaceFileSystem"


def connect(
    memory_limit: str = "2GB",
    threads: int = 2,
    *,
    temp_directory: Path,
) -> duckdb.DuckDBPyConnection:
    """An in-memory DuckDB to which encrypted files can be attached, with `threads` or, if fewer, `$JUMINZEI_THREADS` threads.

    What spills goes, encrypted, to `temp_directory`. The network, automatic extensions and the reading of Python
    variables by name are off, and the configuration is locked. Raises ConfigurationError when the extension is not the
    known one.
    """
    con = duckdb.connect(
        ":memory:",
        config={
            "memory_limit": memory_limit,
            "threads": min(threads, int(os.environ.get("JUMINZEI_THREADS", threads))),
            "temp_directory": str(temp_directory),
            "temp_file_encryption": True,
            "autoinstall_known_extensions": False,
            "autoload_known_extensions": False,
            # The one extension that is loaded is known by its digest (`encryption_extension`), which says more than DuckDB's
            # signature does; checking that of 21 MB again would cost every connection 50 to 80 ms.
            "allow_unsigned_extensions": True,
            "allow_community_extensions": False,
            "python_enable_replacements": False,
        },
    )
    con.execute(f"LOAD {_quoted(encryption_extension())}")
    con.execute(f"SET disabled_filesystems = '{_NETWORK_FILESYSTEMS}'")
    con.execute("SET allow_persistent_secrets = false")
    con.execute("SET TimeZone = 'Asia/Tokyo'")
    con.execute("SET lock_configuration = true")
    return con


def attach(con: duckdb.DuckDBPyConnection, path: Path, alias: str, key: str, read_only: bool = False) -> None:
    """Attach the encrypted database `path` as `alias`; it is made when it does not exist and `read_only` is false.

    The key is bound as a parameter and never stands in SQL text. Raises ConfigurationError when the key does not open
    the file, TransientError when another process holds it.
    """
    if not re.fullmatch(r"[a-z_]+", alias):
        raise ValueError(f"not an alias: {alias}")
    options = "ENCRYPTION_KEY ?, READ_ONLY" if read_only else "ENCRYPTION_KEY ?"
    try:
        con.execute(f"ATTACH {_quoted(path)} AS {alias} ({options})", [key])
    except duckdb.InvalidInputException as error:
        raise ConfigurationError(
            "データベースを開けません。鍵が合いません",
            file=path.name,
            action="このデータベースを作ったときの鍵(鍵フォルダ)を使っているか確認してください",
        ) from error
    except duckdb.IOException as error:
        raise TransientError(
            "データベースを開けません。ほかの処理が使用中か、ファイルがありません",
            file=path.name,
            action="ほかの処理の終了を待って、もう一度実行してください",
        ) from error


@cache
def encryption_extension() -> Path:
    """The extension file, after its digest was compared with the known one (once a process; 21 MB)."""
    spec = find_spec("duckdb_extension_httpfs")
    if spec is None or spec.origin is None:
        raise ConfigurationError(
            "DuckDBの暗号化拡張がありません",
            action="requirements.lock のとおりにパッケージを入れ直してください",
        )
    folder = Path(spec.origin).parent / "extensions" / f"v{duckdb.__version__}"
    path = folder / "httpfs.duckdb_extension"
    expected = EXTENSION_SHA256.get((platform.system(), platform.machine()))
    if not path.is_file() or hashlib.sha256(path.read_bytes()).hexdigest() != expected:
        raise ConfigurationError(
            "DuckDBの暗号化拡張が、確認済みのものと一致しません",
            file=path.name,
            action="requirements.lock のとおりに入れ直してください。読み込みは中止しました",
        )
    return path


def _quoted(path: Path) -> str:
    return "'" + str(path).replace("'", "''") + "'"
