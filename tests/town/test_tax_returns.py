"""Some of the town file tax returns: their wages and pensions are those of their reports, and intake and matching take every one."""

import shutil
import xml.etree.ElementTree as ET
from collections import defaultdict
from datetime import date

import pytest

from pipelines import intake, matching
from pipelines.layout import source_layouts
from pipelines.ledger import StageContext, open_ledger
from pipelines.paths import ROOT
from tests.town.conftest import Made, table

FORM = "{http://xml.e-tax.nta.go.jp/XSD/shotoku}"
GENERAL = "{http://xml.e-tax.nta.go.jp/XSD/general}"


@pytest.fixture(scope="module")
def returns(town: Made) -> list[tuple[dict[str, str], ET.Element]]:
    """Each return with its row of the truth."""
    truth = [row for row in table(town.out / "truth/returns.csv") if row["file"].endswith(".xml")]
    written = [
        (path.relative_to(town.out).as_posix(), number, element)
        for path in sorted((town.out / "inbox/income_tax_return").glob("*/*.xml"))
        for number, element in enumerate(ET.parse(path).getroot(), start=1)
    ]
    assert [(file, str(number)) for file, number, _ in written] == [(row["file"], row["record_no"]) for row in truth]
    return [(row, element) for row, (_, _, element) in zip(truth, written, strict=True)]


@pytest.fixture(scope="module")
def paper(town: Made) -> list[tuple[dict[str, str], dict[str, str]]]:
    """Each return that the tax office keyed from paper with its row of the truth."""
    truth = [row for row in table(town.out / "truth/returns.csv") if row["file"].endswith(".csv")]
    lines = [
        line.split(",")
        for path in sorted((town.out / "inbox/income_tax_return").glob("*/*.csv"))
        for line in path.read_text(encoding="cp932").splitlines()
    ]
    names = [item.name for item in source_layouts("income_tax_return")[len(lines[0])].items]
    return [(row, dict(zip(names, line, strict=True))) for row, line in zip(truth, lines, strict=True)]


def yen(element: ET.Element, tag: str) -> int:
    return int(element.findtext(f".//{FORM}{tag}") or 0)


def test_wages_and_pensions_are_the_sums_of_the_persons_reports(town: Made, returns) -> None:
    wages: dict[str, int] = defaultdict(int)
    pensions: dict[str, int] = defaultdict(int)
    for row in town.documents:
        wages[row["taxpayer_no"]] += int(row["paid_yen"]) * (row["counts"] == "1")
    for row in town.pensions:
        pensions[row["taxpayer_no"]] += int(row["paid_yen"])
    for row, element in returns:
        assert yen(element, "ABB00080") == int(row["employment_paid_yen"]) == wages[row["taxpayer_no"]]
        assert yen(element, "ABB00100") == int(row["pension_paid_yen"]) == pensions[row["taxpayer_no"]]
        assert yen(element, "ABB00410") == int(row["total_income_yen"])
        assert yen(element, "ABI00240") == int(row["furusato_yen"])
        listed = [int(one.text or 0) for one in element.iter(f"{FORM}ABD00050")]
        assert sum(listed) == wages[row["taxpayer_no"]] + pensions[row["taxpayer_no"]]


def test_those_who_trade_file_and_some_of_the_others(town: Made, returns, paper) -> None:
    assert len(returns) + len(paper) == town.summary.tax_returns > 400
    filed = [row for row, _ in (*returns, *paper)]
    assert town.summary.tax_return_yen == sum(int(row["total_income_yen"]) for row in filed)
    traders = [row for row, _ in returns if int(row["business_yen"])]
    assert 0.3 < len(traders) / len(returns) < 0.9
    assert any(int(row["furusato_yen"]) for row, _ in returns)
    assert any(int(row["listed_shares_yen"]) for row, _ in returns)
    assert any(yen(element, "ABB00440") for _, element in returns)
    residents = {person["taxpayer_no"]: person for person in town.residents}
    for row, element in returns:
        person = residents[row["taxpayer_no"]]
        assert element.findtext(f".//{FORM}NOZEISHA_BANGO/{GENERAL}kojinbango") == person["individual_number"]
        assert element.findtext(f".//{FORM}NOZEISHA_NM") == person["name"]


def test_relatives_in_a_return_are_those_that_the_wage_report_names(town: Made, returns) -> None:
    names = ["spouse_number", *(f"{kind}_{n}_number" for kind in ("dependant", "under_16") for n in range(1, 5))]
    reported: dict[str, set[str]] = defaultdict(set)
    for report in town.whole():
        reported[report.items["individual_number"]] |= {report.items[name] for name in names}
    named = 0
    for _, element in returns:
        numbers = [one.text for one in element.iter(f"{GENERAL}kojinbango")]
        if (numbers[0] or "") in reported and yen(element, "ABB00100") == 0:
            assert set(numbers[1:]) <= reported[numbers[0] or ""]
            named += len(numbers) - 1
    assert named > 0


def test_returns_come_on_three_days_after_they_were_filed(town: Made, returns) -> None:
    days = {row["file"].split("/")[2] for row, _ in returns}
    assert days == {"2026-02-27", "2026-03-18", "2026-04-08"}
    for row, element in returns:
        filed = element.find(f".//{FORM}TEISYUTSU_DAY")
        assert filed is not None
        parts = [int(filed.findtext(f"{GENERAL}{part}") or 0) for part in ("yy", "mm", "dd")]
        received_on = date.fromisoformat(row["file"].split("/")[2])
        assert date(2026, 2, 1) < date(2018 + parts[0], *parts[1:]) < received_on


def test_a_quarter_of_the_returns_is_on_paper_keyed_by_the_tax_office_and_has_an_image(
    town: Made, returns, paper
) -> None:
    assert 0.15 < len(paper) / (len(returns) + len(paper)) < 0.35
    assert {row["taxpayer_no"] for row, _ in paper}.isdisjoint(row["taxpayer_no"] for row, _ in returns)
    assert len({line["receipt_no"] for _, line in paper}) == len(paper)
    for row, line in paper:
        assert line["channel_code"] == "2"
        assert int(line["total_income_yen"] or 0) == int(row["total_income_yen"])
        assert int(line["employment_paid_yen"] or 0) == int(row["employment_paid_yen"])
    images = table(town.out / "truth/attachments.csv")
    assert {row["reference_no"] for row in images} == {line["receipt_no"] for _, line in paper}
    premiums = [line["new_general_premium"] for _, line in paper]
    assert set(premiums) == {"", "源泉徴収票のとおり"}


def test_no_returns_of_a_year_whose_form_is_not_known(year_before: Made) -> None:
    assert year_before.summary.tax_returns == 0
    assert not (year_before.out / "inbox/income_tax_return").exists()


def test_the_sample_s_returns_are_all_taken_in_and_linked_by_number(ctx: StageContext) -> None:
    sample = ROOT / "data_samples/town_100"
    for source in ("resident_register", "income_tax_return"):
        shutil.copytree(sample / "inbox" / source, ctx.home.inbox / source)
    report = intake.run(ctx)
    truth = table(sample / "truth/returns.csv")
    assert (report.problems, report.counts["quarantined"], report.counts["accepted"]) == ([], 0, 100 + len(truth))
    matching.run(ctx)
    with open_ledger(ctx.home, ctx.keyring, holder="test") as session:
        linked = session.con.execute(
            "SELECT taxpayer_no, rule, amount_yen, employment_paid_yen, pension_paid_yen, business_yen, listed_shares_yen, "
            "furusato_yen FROM document_link JOIN document USING (document_no) JOIN tax_return USING (document_no) ORDER BY ALL"
        ).fetchall()
    assert linked == sorted(
        (
            row["taxpayer_no"],
            "number_and_attributes",
            *(int(row[name]) for name in list(row)[3:]),
        )
        for row in truth
    )
