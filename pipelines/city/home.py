"""A municipality's folders: where its inbox, ledger, vault and everything else of its own lie."""

from dataclasses import dataclass
from pathlib import Path

from pipelines.paths import data_root

FOLDERS = ("inbox", "landing", "archive", "ledger", "vault", "audit", "outbox", "areas", "staging", "published")


@dataclass(frozen=True)
class CityHome:
    """The folders of one municipality under `above` (by default `$JUMINZEI_DATA`); nothing is shared with another's."""

    city_code: str
    above: Path | None = None

    @property
    def root(self) -> Path:
        """The municipality's own folder."""
        return (self.above or data_root()) / self.city_code

    @property
    def inbox(self) -> Path:
        """What was received: `<source>/<YYYY-MM-DD>/<file>`."""
        return self.root / "inbox"

    @property
    def landing(self) -> Path:
        """Parsed and validated, encrypted, not yet loaded."""
        return self.root / "landing"

    @property
    def archive(self) -> Path:
        """Received files after loading, encrypted."""
        return self.root / "archive"

    @property
    def ledger(self) -> Path:
        """The ledger file and its lock."""
        return self.root / "ledger"

    @property
    def vault(self) -> Path:
        """Individual numbers, apart from names and addresses."""
        return self.root / "vault"

    @property
    def audit(self) -> Path:
        """The audit log and its checkpoints."""
        return self.root / "audit"

    @property
    def outbox(self) -> Path:
        """What leaves, with its manifests."""
        return self.root / "outbox"

    @property
    def areas(self) -> Path:
        """庁内連携: a folder a department, into which what left is handed over."""
        return self.root / "areas"

    @property
    def staging(self) -> Path:
        """Temporary files; may be emptied when nothing runs."""
        return self.root / "staging"

    @property
    def published(self) -> Path:
        """Read-only copies for looking at."""
        return self.root / "published"

    def make(self) -> None:
        """Make the folders, readable by their owner alone."""
        for name in ("", *FOLDERS):
            (self.root / name).mkdir(mode=0o700, parents=True, exist_ok=True)
