"""The sheets of payment slips that lie with a file of notices, in the notices' order."""

from typing import TYPE_CHECKING, Any

from pipelines.calendar import wareki
from pipelines.notices.slip_codes import gs1_128_svg, qr_svg, slip_codes, slip_layout
from pipelines.notices.slips import WHOLE_YEAR, Slip

if TYPE_CHECKING:
    from pipelines.city import City

Row = dict[str, Any]
TEMPLATE = "payment_slip.typ"


def slip_text(common: Row) -> Row:
    """What the sheets of a run say, of what its notices say."""
    kept = {name: common[name] for name in ("fiscal_year", "city", "city_tax", "prefecture_tax", "mayor")}
    return kept | {"convenience_yen_max": slip_layout().convenience_yen_max}


def slip_sheets(city: "City", fiscal_year: int, notices: list[tuple[Row, list[Slip]]]) -> list[Row]:
    """Three slips a sheet, a new sheet for each notice. Every notice here has a slip."""
    return [
        {"name": row["name"], "slips": [_printed(slip, row, city, fiscal_year) for slip in slips]}
        for row, slips in notices
    ]


def period_name(period: int) -> str:
    """第1期, or the whole year at once."""
    return "全期前納" if period == WHOLE_YEAR else f"第{period}期"


def _printed(slip: Slip, row: Row, city: "City", fiscal_year: int) -> Row:
    assert slip.slip_no is not None
    codes = slip_codes(
        slip_no=slip.slip_no,
        city_code=city.code,
        fiscal_year=fiscal_year,
        period=slip.period,
        yen=slip.yen,
        due_on=slip.due_on,
        reissue_no=slip.reissue_no,
    )
    gs1 = codes.gs1_128
    return {
        "notice_no": row["notice_no"],
        "slip_no": slip.slip_no,
        "period_name": period_name(slip.period) + ("（増額分）" if slip.additional else ""),
        "yen": slip.yen,
        "due_on": wareki(slip.due_on),
        "confirmation": codes.confirmation,
        "el_qr": qr_svg(codes.el_qr),
        "gs1_128": gs1 and gs1_128_svg(gs1),
        "gs1_128_text": gs1
        and f"({gs1[:2]}){gs1[2:8]}-{gs1[8:29]}-{gs1[29]}-{gs1[30:36]}-{gs1[36]}-{gs1[37:43]}-{gs1[43]}",
        "ocr_upper": codes.ocr_upper,
        "ocr_lower": codes.ocr_lower,
    }
