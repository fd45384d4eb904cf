"""Who of a block files a 確定申告書, and what is in it: the self-employed, some pensioners, some wage earners.

Wages and pensions in a return are the sums of that person's reports that hold in the end.
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta

import numpy as np

from pipelines.calendar import ERAS
from pipelines.layout import Layout
from pipelines.town.batches import Record
from pipelines.town.careers import SELF_EMPLOYED
from pipelines.town.etax_files import EtaxWriter
from pipelines.town.faces import Faces
from pipelines.town.identifiers import PENSION_PAYERS_FROM, corporate_numbers, taxpayer_nos
from pipelines.town.jobs import Rows, take
from pipelines.town.page_files import index_line
from pipelines.town.reports import Block, Town
from pipelines.town.return_family import Families
from pipelines.town.schedule import apply_table, share
from pipelines.town.settings import Bools, Ints, Values
from pipelines.town.streams import hashed
from pipelines.town.written_dates import etax_date, etax_era

RETURN_TRUTH = (
    "file,record_no,taxpayer_no,total_income_yen,employment_paid_yen,pension_paid_yen,business_yen,listed_shares_yen,"
    "furusato_yen"
)
SHOWN_PAYERS = 4
# What the tax office keyed, and its images.
PAPER_FILES = 2
_FILES, _MEDICAL, _FURUSATO, _SHARES, _RECEIPTS, _MARGIN, _BLUE, _INSURANCE = range(81, 89)
_MEDICAL_YEN, _FURUSATO_YEN, _SHARES_YEN, _DAY, _BEFORE, _PAPER = range(89, 95)
_LIFE_PREMIUMS = tuple(
    f"{name}_premium" for name in ("new_general", "old_general", "care", "new_pension", "old_pension")
)


def filed_returns(
    town: Town, block: Block, faces: Faces, pensions: Rows, received: Sequence[date], writer: EtaxWriter, ksk: Layout
) -> Iterator[tuple[int, Record]]:
    """The block's returns: the place of the file in `received` in which each comes, and the record with its truth.

    The last file but one is of returns on paper, as lines of the layout `ksk`, the last of their images.
    """
    figures = return_figures(town, block, pensions)
    payers = _Payers(town, block, pensions)
    families = Families(block.people, faces, take(block.rows, block.rows["counts"]), pensions)
    numbers = taxpayer_nos(block.people.index)
    born = block.people.born_on.astype("datetime64[D]").tolist()
    for person in np.flatnonzero(figures["files"] & families.fits()).tolist():
        own = {name: int(column[person]) for name, column in figures.items()}
        index = int(block.people.index[person])
        paper = bool(own["paper"])
        place = len(received) - PAPER_FILES if paper else own["day"]
        day = received[place]
        values = {
            "return_kind_code": "1",
            "channel_code": "2" if paper else "1",
            "receipt_no": f"KSK{town.fiscal_year}{index:012d}" if paper else f"{day:%Y%m%d}{index:012d}",
            "city_code": town.city_code[:5],
            "individual_number": faces.number[person],
            "name": faces.name[person],
            "kana": faces.kana[person],
            "address": faces.address[person],
            "assessment_day_address": faces.address[person],
            **_year(town.fiscal_year - 1),
            **etax_date("filed", day - timedelta(days=own["before"])),
            **etax_date("born", born[person]),
            **{name: str(own[name]) for name in _YEN if own[name]},
            **({"blue_return": "2"} if own["blue"] else {}),
            **({"separate_taxation": "2"} if own["listed_shares_yen"] else {}),
            **payers.of(person),
            **families.of(person),
        }
        if paper and any([values.pop(name, "") for name in _LIFE_PREMIUMS]):
            values[_LIFE_PREMIUMS[0]] = "源泉徴収票のとおり"
        text = ksk.record(values) if paper else writer.packed_return(values)
        truth = (
            f"{numbers[person]},{own['total_income_yen']},{own['employment_paid_yen']},{own['pension_paid_yen']},"
            f"{own['business_yen']},{own['listed_shares_yen']},{own['furusato_yen']}"
        )
        yield place, Record(f"{index:012d}", truth, text, own["total_income_yen"])
        if paper:
            yield len(received) - 1, _image(town, f"{index:012d}", numbers[person], values["receipt_no"])


def _image(town: Town, order: str, taxpayer_no: str, receipt_no: str) -> Record:
    """The image of a return on paper."""
    values = {
        "fiscal_year": str(town.fiscal_year),
        "city_code": town.city_code,
        "reference_no": receipt_no,
        "attachment_kind": "1",
        "title": "確定申告書",
        "page_count": "1",
        "file_name": f"{receipt_no}.pdf",
    }
    return Record(order, f"{taxpayer_no},{receipt_no}", index_line(values), 0)


_YEN = (
    "employment_paid_yen",
    "pension_paid_yen",
    "business_yen",
    "total_income_yen",
    "medical_deduction_yen",
    "social_insurance_yen",
    "small_enterprise_yen",
    "furusato_yen",
    "listed_shares_yen",
    "share_gain_levy_yen",
)


def return_figures(town: Town, block: Block, pensions: Rows) -> Rows:
    """One place a person: whether the person files, and the figures of the return."""
    rules, people, count = town.settings.returns, block.people, len(block.people)

    def drawn(use: int, below: int) -> Ints:
        return hashed(town.seed * 1000 + use, people.index, below)

    def between(use: int, bounds: Sequence[int]) -> Ints:
        return bounds[0] + drawn(use, bounds[1] - bounds[0] + 1)

    def added(rows: Rows, name: str) -> Ints:
        total = np.zeros(count, dtype=np.int64)
        np.add.at(total, rows["person"], rows[name])
        return total

    true_rows = take(block.rows, block.rows["counts"])
    employment = block.paid_yen
    pension = added(pensions, "main_yen") + added(pensions, "fund_yen")
    trades = (block.careers.kind == SELF_EMPLOYED) & (people.age < town.settings.people["over_pension_age"])
    trades |= (block.careers.kind == SELF_EMPLOYED) & (pension > 0)
    business = np.where(trades, _business(rules["business"], drawn), 0)
    wages = apply_table(town.settings.tax["employment_income"], employment)
    wages = np.maximum(wages - added(true_rows, "income_adjustment_deduction_yen"), 0)
    pensions_income = np.maximum(pension - apply_table(rules["pension_deduction"], pension), 0)
    limit = rules["both_incomes_yen"]  # 所得金額調整控除 of those with wages and a pension
    income = wages + pensions_income + business
    income -= np.maximum(np.minimum(wages, limit) + np.minimum(pensions_income, limit) - limit, 0)

    share_of = np.select(
        [trades, pension > 0, employment > 0],
        [rules["files"][name] for name in ("self_employed", "pensioner", "wage_earner")],
        0,
    )
    files: Bools = (drawn(_FILES, 1000) < share_of) & ~people.elsewhere
    pays = files & (income >= rules["medical_from_income_yen"])
    medical = np.where(
        pays & (drawn(_MEDICAL, 1000) < rules["medical"]), between(_MEDICAL_YEN, rules["medical_deduction_yen"]), 0
    )
    unit = rules["furusato_unit_yen"]
    furusato = np.where(
        pays & (drawn(_FURUSATO, 1000) < rules["furusato"]),
        between(_FURUSATO_YEN, rules["furusato_yen"]) // unit * unit,
        0,
    )
    shares = np.where(
        files & (drawn(_SHARES, 1000) < rules["listed_shares"]), between(_SHARES_YEN, rules["listed_shares_yen"]), 0
    )
    insured = added(true_rows, "social_insurance_yen") + added(pensions, "social_insurance_yen")
    own_insurance = between(_INSURANCE, rules["national_pension_and_health_yen"])
    return {
        "files": files,
        "employment_paid_yen": employment,
        "pension_paid_yen": pension,
        "business_yen": business,
        "total_income_yen": income,  # 第一表 holds what is not taxed separately
        "medical_deduction_yen": medical,
        "social_insurance_yen": np.where(trades & (insured == 0), own_insurance, insured),
        "small_enterprise_yen": added(true_rows, "small_enterprise_yen"),
        "furusato_yen": furusato,
        "listed_shares_yen": shares,
        "share_gain_levy_yen": share(shares, rules["shares_levy_rate"]),
        "blue": trades & (drawn(_BLUE, 1000) < rules["blue"]),
        "day": drawn(_DAY, len(town.settings.receipts["income_tax_return"])),
        "paper": drawn(_PAPER, 1000) < rules["paper"],
        "before": between(_BEFORE, rules["filed_before_days"]),
    }


def _business(rule: Values, drawn: Callable[[int, int], Ints]) -> Ints:
    low, high = rule["income_per_mille"]
    span = rule["receipts_to_yen"] - rule["receipts_from_yen"] + 1
    receipts = rule["receipts_from_yen"] + drawn(_RECEIPTS, span)
    income: Ints = receipts * (low + drawn(_MARGIN, high - low + 1)) // 1000
    return income


class _Payers:
    """所得の内訳: the payers of each person's wages and pensions."""

    def __init__(self, town: Town, block: Block, pensions: Rows) -> None:
        self._of: dict[int, list[tuple[str, str, str, int, int]]] = {}
        wages = take(block.rows, block.rows["counts"])
        employers = town.employers
        numbers = np.where(employers.proprietor(wages["employer"]), "", employers.numbers(wages["employer"]))
        names = employers.names(wages["employer"])
        for row, person in enumerate(wages["person"].tolist()):
            yen = int(wages["paid_yen"][row]), int(wages["withheld_yen"][row])
            self._of.setdefault(person, []).append(("給与", numbers[row], names[row], *yen))
        rules = town.settings.pensions
        payers = [rules["main_payer"], *rules["fund_payers"]]
        funds = corporate_numbers(PENSION_PAYERS_FROM + np.arange(len(payers)), town.seed)
        for row, person in enumerate(pensions["person"].tolist()):
            payer = int(pensions["payer"][row])
            yen = int(pensions["main_yen"][row] + pensions["fund_yen"][row]), int(pensions["withheld_yen"][row])
            self._of.setdefault(person, []).append(("雑（公的年金等）", funds[payer], payers[payer]["name"], *yen))

    def of(self, person: int) -> dict[str, str]:
        """The items of this person's payers."""
        items: dict[str, str] = {}
        for n, (kind, number, name, paid, withheld) in enumerate(self._of.get(person, [])[:SHOWN_PAYERS], start=1):
            parts = {"kind": kind, "place": number, "name": name, "paid_yen": str(paid), "withheld_yen": str(withheld)}
            items |= {f"payer_{n}_{part}": text for part, text in parts.items()}
        return items


def _year(year: int) -> dict[str, str]:
    era = ERAS[-1]
    return {"return_era": etax_era(era.name), "return_year": str(year - era.year_before)}
