"""The control records of files of fixed length as data (`schemas/intake/fixed_500/control.yaml`)."""

from functools import cache

from pydantic import BaseModel, ConfigDict

from pipelines.errors import ConfigurationError
from pipelines.parameters.strict import read_yaml, validate
from pipelines.paths import SCHEMAS

CONTROL = SCHEMAS / "intake" / "fixed_500" / "control.yaml"


class ControlRecord(BaseModel):
    """A record of ASCII fields in order: (name, bytes) each; `kind` is its first byte, where records differ by it."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    ja: str
    kind: str = ""
    fields: tuple[tuple[str, int], ...]

    @property
    def size_bytes(self) -> int:
        """Its length."""
        return sum(size for _, size in self.fields)

    def cut(self, record: bytes) -> dict[str, str]:
        """The fields of a record, trimmed; a byte that is no ASCII shows as such."""
        found, at = {}, 0
        for name, size in self.fields:
            found[name] = record[at : at + size].decode("ascii", errors="replace").strip()
            at += size
        return found


class FixedForm(BaseModel):
    """`schemas/intake/fixed_500/control.yaml`."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    title: str
    official: bool
    record_bytes: int
    heads: tuple[ControlRecord, ...]
    header: ControlRecord
    trailer: ControlRecord


@cache
def fixed_form() -> FixedForm:
    """The control records. Raises ConfigurationError when the file is wrong."""
    return validate(FixedForm, read_yaml(CONTROL), file=CONTROL.name, error=ConfigurationError)
