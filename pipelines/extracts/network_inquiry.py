"""情報照会: what officers decided to ask other municipalities through 中間サーバー, as the 18 items of a 照会依頼ファイル; each once."""

from typing import TYPE_CHECKING, Any

from pipelines.exchange.contract import CONTRACTS, Contract
from pipelines.exchange.payload import Payload, SealedFolder, payload_file, require_contract_columns
from pipelines.ledger.sql_file import rows_of
from pipelines.yaml_file import load_yaml

if TYPE_CHECKING:
    from pipelines.city import City
    from pipelines.ledger import LedgerSession, Pin

LAYOUT = CONTRACTS / "network" / "inquiry.yaml"
Row = dict[str, Any]


def build_network_inquiry(
    session: "LedgerSession", pin: "Pin", city: "City", fiscal_year: int, contract: Contract, *, staging: SealedFolder
) -> Payload:
    """One file of the inquiries that have not left; who has no 統合宛名番号 is in `review`. It counts no yen.

    Raises ConfigurationError when no legal basis is in force, DataError when the layout is not the contract's.
    """
    contract.require_basis(pin.as_of)
    layout = load_yaml(LAYOUT)
    require_contract_columns(contract, [item["name"] for item in layout["items"]])
    found = rows_of(session, "extracts", "network_inquiry", fiscal_year=fiscal_year)
    due = [row for row in found if row["unified_no"] is not None]
    review = tuple(
        f"宛名番号 {row['taxpayer_no']}: 統合宛名番号がないので、照会（決定番号 {row['decision_no']}）を出せない"
        for row in found
        if row["unified_no"] is None
    )
    if not due:
        return Payload(contract, fiscal_year, (), review=review)
    lines = [",".join(_fields(row, layout, city)) for row in due]
    content = "".join(f"{line}\r\n" for line in lines).encode(contract.encoding)
    name = layout["file_name"].format(at=f"{pin.as_of:%Y%m%d}000000")
    file = payload_file(staging, name, content, rows=len(due), yen=0)
    left = [
        {"decision_no": row["decision_no"], "fiscal_year": fiscal_year, "taxpayer_no": row["taxpayer_no"]}
        for row in due
    ]
    return Payload(contract, fiscal_year, (file,), entries={"network_inquiry": left}, review=review)


def _fields(row: Row, layout: Row, city: "City") -> list[str]:
    """The items of one inquiry in their widths. The time is the start of the day of the decision: nothing here asks a clock."""
    values = {
        "taxpayer_no": row["taxpayer_no"],
        "unified_no": row["unified_no"],
        "requested_at": f"{row['decided_on']:%Y%m%d}000000000",
        "organisation": layout["organisation"].format(code=city.code),
        "provider": layout["organisation"].format(code=row["provider_code"]),
    }
    return [_field(item, values) for item in layout["items"]]


def _field(item: Row, values: dict[str, str]) -> str:
    if item.get("blank"):
        return ""
    text = values[item["value"]] if "value" in item else str(item["constant"])
    text = text.ljust(item["width"]) if item.get("pad") == "space" else text
    assert len(text) == item["width"], f"item {item['item']} has a width of {item['width']}"
    return text
