"""Errors that an operator reads: what happened, where, what was found and expected, what to do."""


class OperatorError(Exception):
    """An error told in the operator's language.

    `found` describes the *shape* of what was found (a length, a kind of character), never a person's data.
    `str()` is the whole message, one line; `as_dict()` the same for `--json`.
    """

    def __init__(
        self,
        what: str,
        *,
        action: str,
        file: str | None = None,
        record: int | None = None,
        item: str | None = None,
        found: str | None = None,
        expected: str | None = None,
    ) -> None:
        self.what = what
        self.action = action
        self.file = file
        self.record = record
        self.item = item
        self.found = found
        self.expected = expected
        super().__init__(self._message())

    def _message(self) -> str:
        parts = [self.what]
        for label, value in (
            ("ファイル", self.file),
            ("レコード", self.record),
            ("項目", self.item),
            ("内容", self.found),
            ("正しい形", self.expected),
            ("対処", self.action),
        ):
            if value is not None:
                parts.append(f"{label}: {value}")
        return " ／ ".join(parts)

    def as_dict(self) -> dict[str, str | int]:
        """The parts that were given, by name."""
        names = ("what", "file", "record", "item", "found", "expected", "action")
        return {name: value for name in names if (value := getattr(self, name)) is not None}


class DataError(OperatorError):
    """The data are wrong; trying again changes nothing."""


class StopForPerson(DataError):
    """A person must decide before this can go on."""


class ConfigurationError(OperatorError):
    """A key, profile, parameter or setting is missing or wrong."""


class TransientError(OperatorError):
    """The surroundings failed (disk, lock); the same again may pass."""


class LedgerBusy(TransientError):
    """Another process is writing the ledger."""
