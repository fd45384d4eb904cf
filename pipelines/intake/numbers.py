"""個人番号: replaced by tokens before anything touches the disk, and looked for where they must not be."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.compute as pc
from stdnum.exceptions import ValidationError as NumberError
from stdnum.jp import cn

from pipelines.intake.columns import Column
from pipelines.layout import Layout

if TYPE_CHECKING:
    from pipelines.vault import Tokeniser

# Stands in place of a text that may hold a 個人番号; the record goes to quarantine.
MASK = "（個人番号の疑いがあるため伏せました）"
# Twelve digits or more in a row, in either width, or written in groups of four as on the card.
NUMBER_IN_TEXT = r"[0-9０-９]{12,}|[0-9０-９]{4}[-‐－ 　][0-9０-９]{4}[-‐－ 　][0-9０-９]{4}"
NUMBER_IN_IDENTIFIER = r"(?:^|[^0-9])(?P<number>[1-9][0-9]{11})(?:$|[^0-9])"
NUMBER_BYTES_MIN = 12
_EMBEDDED = re.compile(r"[(（]([0-9]+)[)）]([^(（]*)")
TOKEN = pa.binary(32)


@dataclass(frozen=True)
class Tokenised:
    """Columns that may land, the distinct (token, ciphertext) pairs behind them, and which items hold a mask.

    `columns`, without those that no record fills: for each individual number a binary column of its name (the token)
    and a text column `<name>_status`; for the payer also `payer_corporate_number`; for texts with embedded numbers the
    lists `<name>_tokens`, `<name>_names` and the column `<name>_status`.
    """

    columns: dict[str, Column]
    pairs: pa.Table
    masked: frozenset[str]


def tokenise(columns: Mapping[str, Column], layout: Layout, tokeniser: "Tokeniser") -> Tokenised:
    """Take every 個人番号 out of `columns` (text by item name). Nothing clear is in what is returned."""
    landed: dict[str, Column] = {}
    masked: set[str] = set()
    numbers = _Numbers(tokeniser)
    for name, column in columns.items():
        if column.null_count == len(column):
            continue
        item = layout.by_name[name]
        kind = item.number
        if item.computed:
            landed[name] = column
        elif kind == "individual":
            landed |= numbers.individual(name, column)
        elif kind == "payer":
            landed |= numbers.payer(name, column)
        elif kind == "embedded":
            landed |= numbers.embedded(name, column)
        else:
            landed[name], found = mask(column, identifier=item.identifier)
            if found:
                masked.add(name)
    return Tokenised(landed, numbers.distinct_pairs(), frozenset(masked))


def mask(column: Column, *, identifier: bool = False) -> tuple[Column, bool]:
    """The column with every text that may hold a number replaced by MASK, and whether there was one.

    In an `identifier` only twelve digits with a right check digit count, and not those padded with zeros: else every
    employer with long 受給者番号 would be in quarantine.
    """
    lengths: Column = pc.binary_length(column)
    longest = pc.max(lengths).as_py()
    if longest is None or longest < NUMBER_BYTES_MIN:
        return column, False
    found = _number_in_identifier(column) if identifier else pc.match_substring_regex(column, NUMBER_IN_TEXT)
    if not pc.any(found).as_py():
        return column, False
    return pc.if_else(found, MASK, column), True


def _number_in_identifier(column: Column) -> Column:
    from pipelines.vault import number_status

    twelve: Column = pc.struct_field(pc.extract_regex(column, NUMBER_IN_IDENTIFIER), "number")
    return pc.equal(number_status(twelve), pa.scalar("valid"))


class _Numbers:
    """Tokenises column after column and collects the pairs."""

    def __init__(self, tokeniser: "Tokeniser") -> None:
        self.tokeniser = tokeniser
        self.batches: list[pa.RecordBatch] = []

    def individual(self, name: str, column: Column) -> dict[str, Column]:
        """`<name>`: the token, where the number is valid; `<name>_status`."""
        from pipelines.vault import number_status

        status = number_status(column)
        return {name: self._tokens(column, pc.equal(status, pa.scalar("valid"))), f"{name}_status": status}

    def payer(self, name: str, column: Column) -> dict[str, Column]:
        """A payer is a corporation (13 digits, public) or a person (12 digits, a 個人番号)."""
        corporate = pc.match_substring_regex(column, r"^[0-9]{13}$")
        person = self.individual(name, pc.if_else(corporate, None, column))
        status = pc.if_else(corporate, _corporate_status(column), person[f"{name}_status"])
        number = pc.if_else(corporate, column, None)
        return {name: person[name], f"{name}_status": status, "payer_corporate_number": number}

    def embedded(self, name: str, column: Column) -> dict[str, Column]:
        """`(個人番号)氏名　(個人番号)氏名…`, only ever for families with a fifth dependant: few, so one by one."""
        texts: list[str | None] = column.to_pylist()
        found = [_EMBEDDED.findall(text) if text else [] for text in texts]
        distinct = sorted({number for relatives in found for number, _ in relatives})
        taken = self.individual("number", pa.array(distinct, pa.string()))
        token = dict(zip(distinct, taken["number"].to_pylist(), strict=True))
        status = dict(zip(distinct, taken["number_status"].to_pylist(), strict=True))
        tokens = [[token[number] for number, _ in relatives] or None for relatives in found]
        names = [[_shown(person) for _, person in relatives] or None for relatives in found]
        statuses = [
            _embedded_status(text, [status[number] for number, _ in relatives]) if text else None
            for text, relatives in zip(texts, found, strict=True)
        ]
        return {
            f"{name}_tokens": pa.array(tokens, pa.list_(TOKEN)),
            f"{name}_names": pa.array(names, pa.list_(pa.string())),
            f"{name}_status": pa.array(statuses, pa.string()),
        }

    def _tokens(self, column: Column, valid: Column) -> Column:
        if not pc.any(valid).as_py():
            return pa.nulls(len(column), TOKEN)
        batch = self.tokeniser.pairs(pc.if_else(valid, column, None))
        self.batches.append(batch)
        return batch.column("token").cast(TOKEN)

    def distinct_pairs(self) -> pa.Table:
        """Each token once."""
        if not self.batches:
            return pa.table({})
        table = pa.Table.from_batches(self.batches)
        table = table.filter(pc.is_valid(table["token"])).combine_chunks()
        firsts = table["token"].combine_chunks()
        first = pc.index_in(firsts.dictionary_encode().dictionary, firsts) if len(firsts) else pa.array([], pa.int32())
        return table.take(first)


def _corporate_status(column: Column) -> Column:
    """`valid` or `bad_corporate_check_digit` for each 法人番号; each distinct number is checked once."""
    encoded = column.dictionary_encode()
    verdicts = pa.array([_corporate_verdict(number) for number in encoded.dictionary.to_pylist()], pa.string())
    return verdicts.take(encoded.indices)


def _corporate_verdict(number: str) -> str:
    try:
        cn.validate(number)
    except NumberError:
        return "bad_corporate_check_digit"
    return "valid"


def _shown(name: str) -> str:
    return MASK if re.search(NUMBER_IN_TEXT, name) else name.strip("\u3000 ")


def _embedded_status(text: str, statuses: list[str]) -> str:
    """The worst of the numbers' statuses; `malformed` when the text is anything but `(個人番号)氏名` again and again."""
    if not statuses or "malformed" in statuses or _EMBEDDED.sub("", text).strip("\u3000 "):
        return "malformed"
    return "bad_check_digit" if "bad_check_digit" in statuses else "valid"
