"""Where keys come from: a folder with one file a purpose, or a command that prints the same."""

import base64
import json
import os
import re
import shlex
import stat
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Protocol

from pipelines.errors import ConfigurationError
from pipelines.exchange import durable

KEY_BYTES = 32
_COMMAND_SECONDS_MAX = 30
_PURPOSE = re.compile(r"[a-z][a-z0-9-]{0,63}")


@dataclass(frozen=True)
class KeySet:
    """All versions of one purpose's key. `primary` is the version that new data get."""

    purpose: str
    primary: int
    secrets: Mapping[int, bytes] = field(repr=False)

    def with_version(self, version: int, secret: bytes) -> "KeySet":
        """The same with one more version, which is not primary yet."""
        return replace(self, secrets={**self.secrets, version: secret})

    def without_version(self, version: int) -> "KeySet":
        """The same without `version`: what it encrypted can never be read again."""
        return replace(self, secrets={number: secret for number, secret in self.secrets.items() if number != version})

    def to_json(self) -> str:
        """The form of the key file and of the command's output."""
        versions = {str(version): base64.b64encode(secret).decode() for version, secret in sorted(self.secrets.items())}
        return json.dumps({"purpose": self.purpose, "primary": self.primary, "versions": versions}, indent=1)


class KeyStore(Protocol):
    """Reads and keeps key sets."""

    def load(self, purpose: str) -> KeySet | None:
        """The key set of `purpose`, None when there is none."""

    def save(self, keys: KeySet) -> None:
        """Keep `keys` in place of what was there."""


@dataclass(frozen=True)
class KeyFolder:
    """One JSON file a purpose, readable by its owner alone."""

    folder: Path

    def load(self, purpose: str) -> KeySet | None:
        """Raises ConfigurationError when others may read the file, or when it has not the right form."""
        path = self._path(purpose)
        if not path.exists():
            return None
        if stat.S_IMODE(path.stat().st_mode) & 0o077:
            raise ConfigurationError(
                f"鍵「{purpose}」のファイルが、ほかの利用者から読めます",
                file=path.name,
                action=f"chmod 600 {path} を実行し、読まれた恐れがあれば鍵を更新してください",
            )
        return parse(path.read_text(encoding="utf-8"), purpose)

    def save(self, keys: KeySet) -> None:
        """Write the file whole, mode 0600, in a folder of mode 0700."""
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        durable.write_file(self._path(keys.purpose), keys.to_json().encode(), point="keys.write", mode=0o600)

    def _path(self, purpose: str) -> Path:
        if not _PURPOSE.fullmatch(purpose):
            raise ValueError(f"not a key purpose: {purpose}")
        return self.folder / f"{purpose}.json"


@dataclass(frozen=True)
class KeyCommand:
    """A command (of a key management service) that prints the JSON of the purpose given as its last argument."""

    command: str

    def load(self, purpose: str) -> KeySet | None:
        """Raises ConfigurationError when the command fails; its output is never shown."""
        try:
            done = subprocess.run(
                [*shlex.split(self.command), purpose],
                capture_output=True,
                text=True,
                timeout=_COMMAND_SECONDS_MAX,
                check=True,
            )
        except (OSError, subprocess.SubprocessError):
            raise ConfigurationError(
                f"鍵「{purpose}」を取り出すコマンドが失敗しました",
                item="JUMINZEI_KEY_COMMAND",
                action="コマンドを手で実行して確かめてください（出力は秘密なので記録しません）",
            ) from None
        return parse(done.stdout, purpose) if done.stdout.strip() else None

    def save(self, keys: KeySet) -> None:
        """A command only gives keys."""
        raise ConfigurationError(
            f"鍵「{keys.purpose}」はコマンドから得ているので、ここでは作成・更新できません",
            item="JUMINZEI_KEY_COMMAND",
            action="鍵を管理しているサービスで作成・更新してください",
        )


def configured_store(folder: Path) -> KeyStore:
    """`$JUMINZEI_KEY_COMMAND` when it is set, else the files in `folder`."""
    command = os.environ.get("JUMINZEI_KEY_COMMAND", "")
    return KeyCommand(command) if command else KeyFolder(folder)


def parse(text: str, purpose: str) -> KeySet:
    """The key set in `text`. Raises ConfigurationError, without a byte of it, when the form is wrong."""
    try:
        content = json.loads(text)
        secrets = {
            int(number): base64.b64decode(secret, validate=True) for number, secret in content["versions"].items()
        }
        keys = KeySet(str(content["purpose"]), int(content["primary"]), secrets)
    except (ValueError, KeyError, TypeError, AttributeError):
        keys = None
    lengths_fit = keys is not None and all(len(secret) == KEY_BYTES for secret in keys.secrets.values())
    if keys is None or keys.purpose != purpose or keys.primary not in keys.secrets or not lengths_fit:
        raise ConfigurationError(
            f"鍵「{purpose}」の形が正しくありません",
            expected='{"purpose", "primary", "versions": {番号: 32バイトのbase64}}',
            action="控えから戻すか、作り直してください（作り直すと以前のデータは読めません）",
        ) from None
    return keys
