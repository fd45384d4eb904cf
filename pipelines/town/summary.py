"""What a town came to: its parameters and counts."""

from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True)
class TownSummary:
    """`residents` in the register, `workers` with a reported job, `reports` as records, `paid_yen` as the notes say.

    `resident_tax_returns` were filed; `one_stop_notices` came, over `one_stop_yen` of gifts.
    `pensioners` have a pension report, `pension_reports` and `pension_yen` as `reports` and `paid_yen`.
    `tax_returns` as records, `tax_return_yen` the sum of their 合計所得金額; `return_images` came with those on paper.
    `employee_changes` are the notices of leavers, `pension_targets` the people on the pension payers' list.
    `difficulties` counts records by their true story ("none" mostly), in a messy town also the pension reports, and a
    record once for each kind of mess that it has; `files` are paths below the town's folder. `mess` from 0 to 1.
    """

    people: int
    seed: int
    city_code: str
    fiscal_year: int
    edition_2014: bool
    residents: int
    workers: int
    reports: int
    paid_yen: int
    pensioners: int
    pension_reports: int
    pension_yen: int
    resident_tax_returns: int
    one_stop_notices: int
    one_stop_yen: int
    tax_returns: int
    tax_return_yen: int
    return_images: int
    employee_changes: int
    pension_targets: int
    national_health_insurance: int
    difficulties: dict[str, int]
    files: list[str]
    mess: float = 0.0

    def told(self) -> dict[str, Any]:
        """As truth/town.json and the command tell it: of mess only where there is some."""
        return {name: value for name, value in asdict(self).items() if name != "mess" or value}
