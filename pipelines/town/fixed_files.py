"""The pension payers' list of May as records of fixed length (schemas/intake/pension_target and fixed_500)."""

from datetime import date

from pipelines.layout import Item, Layout, fixed_form
from pipelines.layout.fixed_form import ControlRecord

_IN, _OUT = b"\x1b$B", b"\x1b(B"
_SHIFTS = {"shift_1": _IN, "shift_2": _OUT, "shift_3": _IN, "shift_4": _OUT}
# JIS X 0208 has one hyphen; Python calls it the minus sign. What it lacks is written as 〓, as such files do.
_IN_JIS = str.maketrans("－～", "−〜")
_GETA = "〓"


def fixed_file(layout: Layout, lines: list[str], made_on: date) -> bytes:
    """The file of these records, each a line of its items in order, all of one municipality and one payer."""
    form = fixed_form()
    records = [dict(zip(layout.by_name, line.split(","), strict=True)) for line in lines]
    first = records[0]
    control = {
        **{name: first[name] for name in ("city_code", "payer_code", "content_code")},
        "made_on": f"{made_on:%Y%m%d}",
        "serial_no": "001",
        "stored_count": f"{1:06d}",
        "record_count": f"{len(records):09d}",
        "amount_1_yen": f"{sum(int(record['amount_1_yen']) for record in records):011d}",
        "amount_2_yen": f"{0:011d}",
        "amount_3_yen": f"{0:011d}",
    }
    heads = b"".join(_control(head, control) for head in form.heads)
    data = b"".join(b"".join(_field(item, record[item.name]) for item in layout.items) for record in records)
    return heads + _control(form.header, control) + data + _control(form.trailer, control)


def _control(record: ControlRecord, values: dict[str, str]) -> bytes:
    known = values | {"record_kind": record.kind}
    return b"".join(known.get(name, "").encode("ascii").ljust(size) for name, size in record.fields)


def _field(item: Item, value: str) -> bytes:
    if item.name in _SHIFTS:
        return _SHIFTS[item.name]
    if item.kind == "full":
        text = "".join(_in_jis(character) for character in value[: item.width // 2].translate(_IN_JIS))
        padded = text.ljust(item.width // 2, "　")
        return padded.encode("iso2022_jp").removeprefix(_IN).removesuffix(_OUT)
    if item.name.endswith("_yen"):
        return value.encode("ascii").rjust(item.width, b"0")
    return value.encode("cp932")[: item.width].ljust(item.width)


def _in_jis(character: str) -> str:
    try:
        character.encode("iso2022_jp")
    except UnicodeEncodeError:
        return _GETA
    return character
