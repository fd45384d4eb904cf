"""中間サーバーの副本: what the server answers inquiries from, by the items of the fiscal year's edition."""

from typing import TYPE_CHECKING, Any

from pipelines.errors import ConfigurationError
from pipelines.exchange.contract import CONTRACTS, Column, Contract
from pipelines.exchange.payload import Payload, SealedFolder
from pipelines.extracts.transfers import build_transfer
from pipelines.yaml_file import load_yaml

if TYPE_CHECKING:
    from pathlib import Path

    from pipelines.city import City
    from pipelines.ledger import LedgerSession, Pin

EDITIONS = CONTRACTS / "network"
COPY = "intermediate_server-copy"


def build_network_copy(
    session: "LedgerSession", pin: "Pin", city: "City", fiscal_year: int, contract: Contract, *, staging: SealedFolder
) -> Payload:
    """The items of everybody assessed or living here of whom the server holds something else; see `build_transfer`."""
    return build_transfer(session, pin, city, fiscal_year, of_year(contract, fiscal_year), staging=staging)


def of_year(contract: Contract, fiscal_year: int) -> Contract:
    """The contract with the columns of the fiscal year's edition; any contract but the copy as it is.

    Raises ConfigurationError when no edition is known for the year.
    """
    if contract.id != COPY:
        return contract
    own = contract.column_names()
    held = (item for item in items_of_year(fiscal_year) if "column" in item and item["column"] not in own)
    return contract.model_copy(update={"columns": (*contract.columns, *map(_column, held))})


def items_of_year(fiscal_year: int, folder: "Path" = EDITIONS) -> list[dict[str, Any]]:
    """The items of the edition: `item` (number), `ja`, and `column` or why it is `missing`."""
    editions = {path.stem: load_yaml(path) for path in sorted(folder.glob("copy_*.yaml"))}
    for edition in editions.values():
        first, last = edition["fiscal_years"]
        if first <= fiscal_year <= last:
            before = editions[edition["based_on"]]["items"] if "based_on" in edition else []
            return [*before, *edition["items"]]
    raise ConfigurationError(
        "この年度の副本の項目の版がありません",
        file="schemas/extracts/network",
        found=f"{fiscal_year}年度",
        expected="、".join(
            f"{name} {one['fiscal_years'][0]}～{one['fiscal_years'][1]}年度" for name, one in editions.items()
        ),
        action="その年度の版を加えてください",
    )


def _column(item: dict[str, Any]) -> Column:
    name = item["column"]
    kind = "yen" if name.endswith("_yen") else "count" if name.endswith("_count") else "code"
    shown = {"name": name, "ja": item["ja"], "type": kind, "description": f"項目{item['item']}"}
    return Column.model_validate(shown)
