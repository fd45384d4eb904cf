"""A full or failing disk, told to the operator: what cannot be written, that nothing is half-written, what to do."""

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager

from pipelines.errors import TransientError

# What a disk answers when it cannot take what is written: full, over the quota, a file-size limit, broken, read-only.
_ANSWERS = {
    errno.ENOSPC: "空き容量がない",
    errno.EDQUOT: "利用者の割当て容量を使い切った",
    errno.EFBIG: "1ファイルの大きさの上限に達した",
    errno.EIO: "読み書きの失敗（機器の故障の恐れ）",
    errno.EROFS: "書込みが禁止されている",
}


@contextmanager
def told_of_full_disk(file: str) -> Iterator[None]:
    """Turn the disk's refusal to write `file` into TransientError: the same again passes once there is room."""
    try:
        yield
    except Exception as error:
        found = _answer(error)
        if found is None:
            raise
        raise TransientError(
            "ディスクに書き込めません",
            file=file,
            found=found,
            action="空き容量とディスクの状態を確認し、もう一度実行してください。途中まで書いた内容は使われません",
        ) from error


def _answer(error: Exception) -> str | None:
    """What the disk said, None when it was something else. DuckDB and age give the system's words, not its number."""
    if isinstance(error, OSError):
        return _ANSWERS.get(error.errno or 0)
    said = str(error)
    # DuckDB stops spilling when nine tenths of the free space are used, and names the setting.
    if "max_temp_directory_size" in said:
        return _ANSWERS[errno.ENOSPC]
    return next((text for number, text in _ANSWERS.items() if os.strerror(number) in said), None)
