"""The codes on a payment slip (eL-QR, GS1-128, OCR lines): their digits by the interim layout, and their shapes as SVG."""

import hashlib
from binascii import crc_hqx
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import groupby

from pydantic import BaseModel, ConfigDict

from pipelines.errors import ConfigurationError
from pipelines.paths import SCHEMAS
from pipelines.yaml_file import load_yaml

LAYOUT = SCHEMAS / "notices" / "payment_slip.yaml"
QR_VERSION = 6  # at level M it holds just the 255 digits of an eL-QR
QUIET_MODULES = 4
# Weighing all eight masks takes three quarters of the time, and readers take any. The long runs of zeros come out as a chequerboard.
QR_MASK = 0
CRC_START = 0xFFFF
CRC_MODULUS = 100_000
CONFIRMATION_MODULUS = 1_000_000


class Item(BaseModel):
    """An item of a code: fixed digits, a slip's value (zeros to the left), or items within; with a tag, tag and length come first."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    ja: str
    width: int | None = None
    tag: str | None = None
    fixed: str | None = None
    value: str | None = None
    items: "tuple[Item, ...]" = ()
    trust: str = "sourced"

    def text(self, values: dict[str, str]) -> str:
        """The item as it stands in the code. A value that is too long for it is a fault of the layout."""
        if self.items:
            content = "".join(item.text(values) for item in self.items)
        else:
            assert self.width is not None
            content = (self.fixed or values[str(self.value)]).rjust(self.width, "0")
            assert len(content) == self.width, self.name
        return content if self.tag is None else f"{self.tag}{len(content):02d}{content}"


class CitySlip(BaseModel):
    """What a municipality decides about its slips."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    whole_year: bool


class SlipLayout(BaseModel):
    """schemas/notices/payment_slip.yaml."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    title: str
    official: bool
    mpn_upper: tuple[Item, ...]
    mpn_lower: tuple[Item, ...]
    el_qr: tuple[Item, ...]
    el_qr_check: Item
    gs1_128: tuple[Item, ...]
    convenience_yen_max: int
    cities: dict[str, CitySlip]

    def city(self, code: str) -> CitySlip:
        """The municipality's values. Raises ConfigurationError when nobody has written them."""
        if code not in self.cities:
            raise ConfigurationError(
                "納付書の団体別の値がありません",
                file="schemas/notices/payment_slip.yaml",
                item=code,
                action="cities の団体コードの下に whole_year（全期前納の納付書を出すか）を書いてください",
            )
        return self.cities[code]


@cache
def slip_layout() -> SlipLayout:
    """The layout of the codes."""
    return SlipLayout.model_validate(load_yaml(LAYOUT))


@dataclass(frozen=True)
class Codes:
    """The digits of a slip's codes. `gs1_128` is None when convenience stores do not take the amount."""

    el_qr: str
    gs1_128: str | None
    ocr_upper: str
    ocr_lower: str
    confirmation: str


def slip_codes(
    *, slip_no: str, city_code: str, fiscal_year: int, period: int, yen: int, due_on: date, reissue_no: int
) -> Codes:
    """The codes of one slip of `yen`, due on `due_on`; `slip_no` has 20 digits."""
    layout = slip_layout()
    confirmation = _confirmation(slip_no, yen, due_on)
    values = {
        "slip_no": slip_no,
        "slip_no_filled": f"{slip_no}0",
        "confirmation": confirmation,
        "authority": city_code[:5],
        "fiscal_year": str(fiscal_year),
        "period": str(period),
        "yen": str(yen),
        "due_on": f"{due_on:%Y%m%d}",
        "due_on_short": f"{due_on:%y%m%d}",
        "reissue": str(min(reissue_no, 9)),
    }
    upper = _checked(layout.mpn_upper, values, "upper_check")
    lower = _checked(layout.mpn_lower, values, "lower_check")
    body = _joined(layout.el_qr, values | {"mpn": upper + lower})
    check = layout.el_qr_check
    crc = crc_hqx(f"{body}{check.tag}{check.width:02d}".encode(), CRC_START) % CRC_MODULUS
    gs1 = None
    if yen <= layout.convenience_yen_max:
        digits = _joined(layout.gs1_128, values)
        gs1 = digits + _check_digit(digits)
    return Codes(body + check.text({"crc": str(crc)}), gs1, upper, lower, confirmation)


def _confirmation(slip_no: str, yen: int, due_on: date) -> str:
    """確認番号 (interim): changes with the amount and the day, so that a mistyped number fits no other slip."""
    digest = hashlib.sha256(f"{slip_no}:{yen}:{due_on.isoformat()}".encode()).hexdigest()
    return f"{int(digest, 16) % CONFIRMATION_MODULUS:06d}"


def _joined(items: Iterable[Item], values: dict[str, str]) -> str:
    return "".join(item.text(values) for item in items)


def _checked(items: tuple[Item, ...], values: dict[str, str], check: str) -> str:
    """The line with its two check digits: the remainder by 97 of all that follows them (interim)."""
    rest = _joined(items[1:], values)
    return items[0].text({check: str(int(rest) % 97)}) + rest


def _check_digit(digits: str) -> str:
    """GS1's: weights 3 and 1 from the right, up to the next ten."""
    total = sum(int(digit) * (3 if place % 2 == 0 else 1) for place, digit in enumerate(reversed(digits)))
    return str(-total % 10)


def qr_svg(digits: str) -> str:
    """The eL-QR with its quiet zone, one unit a module. Each run of dark modules is a stroke: half the size of rectangles."""
    import segno

    code = segno.make_qr(digits, version=QR_VERSION, error="m", mode="numeric", mask=QR_MASK, boost_error=False)
    size = len(code.matrix) + 2 * QUIET_MODULES
    bars = "".join(
        _run(left + QUIET_MODULES, line + QUIET_MODULES, width)
        for line, row in enumerate(code.matrix)
        for left, width in _dark_runs(row)
    )
    return _svg(size, size, bars)


def gs1_128_svg(digits: str) -> str:
    """The GS1-128 symbol (code set C after FNC1) without quiet zone, one unit a module, one unit high."""
    from barcode.codex import Gs1_128  # type: ignore[import-untyped]

    modules = Gs1_128(digits).build()[0]
    bars = "".join(_run(left, 0, width) for left, width in _dark_runs(int(module) for module in modules))
    return _svg(len(modules), 1, bars)


def _dark_runs(row: Iterable[int]) -> Iterable[tuple[int, int]]:
    place = 0
    for dark, group in groupby(row):
        width = sum(1 for _ in group)
        if dark:
            yield place, width
        place += width


def _run(left: int, top: int, width: int) -> str:
    return f"M{left} {top}.5h{width}"


def _svg(width: int, height: int, path: str) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" '
        f'preserveAspectRatio="none"><path d="{path}" stroke="#000"/></svg>'
    )
