"""The SELECT that types a batch of records, and lists for each record the items that break their layout."""

from collections.abc import Collection, Sequence

from pipelines.intake.numbers import MASK
from pipelines.layout import Item, Layout

# Kinds as a layout declares them: what no value of the kind may show. The private-use characters (\uE000 to \uF8FF) are
# those for which cp932 has a place but no character: 外字 that only the sender can read.
_BREAKS_KIND = {
    "digits": "NOT regexp_full_match({c}, '[0-9]+')",
    "signed": "NOT regexp_full_match({c}, '-?[0-9]+')",
    "half": "NOT regexp_full_match({c}, '[ -~]+')",
    "kana": "NOT regexp_full_match({c}, '[ ｡-ﾟ]+')",
    "full": "regexp_matches({c}, '[\\x00-\\x{{80}}｡-ﾟ\\x{{E000}}-\\x{{F8FF}}]')",
    "free": "regexp_matches({c}, '[\\x{{E000}}-\\x{{F8FF}}]')",
}
_NUMERIC = {
    "_yen": "BIGINT",
    "_bytes": "BIGINT",
    "_count": "INTEGER",
    "_year": "INTEGER",
    "_month": "INTEGER",
    "_day": "INTEGER",
}
FINDINGS = (
    "missing_items",
    "malformed_items",
    "unknown_code_items",
    "too_long_items",
    "unverified_width_items",
    "number_in_text_items",
    "bad_check_digit_items",
    "malformed_number_items",
    "bad_corporate_check_digit_items",
)


def landing_select(layout: Layout, newest: Layout, filled: Collection[str], masked: Collection[str]) -> str:
    """SELECT from `batch` (record_no and text columns) all columns of the newest edition, typed, and FINDINGS.

    `filled` names the columns of `batch`: an item that no record of the batch fills isn't there, and costs nothing.
    Every edition gives the same columns: what isn't there is NULL. The findings are lists of item numbers.
    """
    columns = [_landed(item, filled) for item in newest.items if item.unused is None]
    used = [item for item in layout.items if item.unused is None]
    findings = [f"{_finding(rules)} AS {name}" for name, rules in _findings(used, filled, masked).items()]
    edition = f"'{layout.edition}' AS edition"
    return "SELECT " + ",\n  ".join(["record_no", edition, *columns, *findings]) + "\nFROM batch"


def _landed(item: Item, filled: Collection[str]) -> str:
    """The column, or columns, of one item as they land."""
    present = item.name in filled
    if item.number == "embedded":
        kinds = {f"{item.name}_tokens": "BLOB[]", f"{item.name}_names": "VARCHAR[]"}
    elif item.number == "payer":
        kinds = {item.name: "BLOB", "payer_corporate_number": "VARCHAR"}
    elif item.number == "individual":
        kinds = {item.name: "BLOB"}
    else:
        kind = numeric_type(item)
        if present and kind:
            sign = "-?" if item.kind == "signed" else ""
            digits = f"regexp_full_match({item.name}, '{sign}[0-9]{{1,18}}')"
            return f"CASE WHEN {digits} THEN TRY_CAST({item.name} AS {kind}) END AS {item.name}"
        kinds = {item.name: kind or "VARCHAR"}
    return ", ".join(f"{name if name in filled else 'NULL'}::{kind} AS {name}" for name, kind in kinds.items())


def numeric_type(item: Item) -> str | None:
    """The SQL type of an item that counts something, by the unit that ends its name; None for texts and codes."""
    if item.kind not in ("digits", "signed"):
        return None
    return next((kind for unit, kind in _NUMERIC.items() if item.name.endswith(unit)), None)


def _findings(
    items: Sequence[Item], filled: Collection[str], masked: Collection[str]
) -> dict[str, list[tuple[int, str]]]:
    """For each finding the (item number, SQL condition under which the item belongs to it)."""
    required = [item for item in items if item.required]
    plain = [item for item in items if item.number is None and item.name in filled]
    numbers = [item for item in items if f"{item.name}_status" in filled]

    def unmasked(item: Item, condition: str) -> tuple[int, str]:
        """The condition for what was written: a mask in its place is a finding of its own."""
        return item.no, f"{item.name} <> '{MASK}' AND {condition}" if item.name in masked else condition

    def longer(items: Sequence[Item]) -> list[tuple[int, str]]:
        return [unmasked(item, f"length({item.name}) > {item.width}") for item in items if item.kind != "code"]

    def with_status(status: str) -> list[tuple[int, str]]:
        return [(item.no, f"{item.name}_status = '{status}'") for item in numbers]

    return {
        "missing_items": [(i.no, f"{i.name} IS NULL" if i.name in filled else "true") for i in required],
        "malformed_items": [
            unmasked(i, _BREAKS_KIND[i.kind].format(c=i.name)) for i in plain if i.kind in _BREAKS_KIND
        ],
        "unknown_code_items": [unmasked(i, f"{i.name} NOT IN ({_sql_list(i.codes)})") for i in plain if i.codes],
        "too_long_items": longer([item for item in plain if item.trust == "sourced"]),
        "unverified_width_items": longer([item for item in plain if item.trust != "sourced"]),
        "number_in_text_items": [(item.no, f"{item.name} = '{MASK}'") for item in plain if item.name in masked],
        "bad_check_digit_items": with_status("bad_check_digit"),
        "malformed_number_items": with_status("malformed"),
        "bad_corporate_check_digit_items": with_status("bad_corporate_check_digit"),
    }


def _finding(rules: Sequence[tuple[int, str]]) -> str:
    """A list of item numbers; built only for the few records to which any of the conditions applies."""
    if not rules:
        return "[]::INTEGER[]"
    any_of = " OR ".join(f"({condition})" for _, condition in rules)
    each = ", ".join(f"CASE WHEN {condition} THEN {number} END" for number, condition in rules)
    return f"CASE WHEN {any_of} THEN list_filter([{each}]::INTEGER[], lambda no: no IS NOT NULL) ELSE []::INTEGER[] END"


def _sql_list(codes: dict[str, str]) -> str:
    return ", ".join(f"'{code}'" for code in codes)
