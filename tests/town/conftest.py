"""The towns that the tests look at, made once, and a reader of their files that shares nothing with the program."""

import csv
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest
import yaml

from pipelines.town import TownSummary, make_town

PEOPLE = 6_000  # two blocks


@dataclass(frozen=True)
class Report:
    """A wage report record as received, by item name; a short record has no items."""

    file: str
    record_no: int
    items: dict[str, str]

    def yen(self, name: str) -> int:
        return int(self.items[name] or 0)


@dataclass(frozen=True)
class Made:
    """A town's folder, summary and contents."""

    out: Path
    summary: TownSummary
    reports: list[Report]
    residents: list[dict[str, str]]
    membership: list[dict[str, str]]
    documents: list[dict[str, str]]
    taxpayers: list[dict[str, str]]
    pensions: list[dict[str, str]]
    resident_returns: list[dict[str, str]]
    one_stop: list[dict[str, str]]

    def whole(self) -> list[Report]:
        return [report for report in self.reports if report.items]


@cache
def item_names(edition: str, source: str = "wage_report") -> list[str]:
    text = (Path(__file__).parents[2] / f"schemas/intake/{source}/{edition}.yaml").read_text(encoding="utf-8")
    return [item["name"] for item in yaml.safe_load(text)["items"]]


@cache
def xml_tags(source: str) -> dict[str, str]:
    text = (Path(__file__).parents[2] / f"schemas/intake/eltax_xml/{source}.yaml").read_text(encoding="utf-8")
    tags: dict[str, str] = yaml.safe_load(text)["tags"]
    return tags


def xml_items(path: Path, source: str, edition: str) -> list[dict[str, str]]:
    """The reports of an XML file by item name; one with a tag that the form lacks has no items."""
    tags = xml_tags(source)
    # 1明治 2大正 3昭和 4平成 5令和 there; 1昭和 2大正 3明治 4平成 5令和 here
    csv_era = {"1": "3", "2": "2", "3": "1", "4": "4", "5": "5"}
    reports = []
    for element in ET.parse(path).getroot().find("KOUSEI_KANRI_INF/TAX_DATA") or []:
        items = dict.fromkeys(item_names(edition, source), "")
        whole = True
        for leaf in element:
            tag = leaf.tag.rpartition("}")[2]
            parts = [(f"{tag}/gen:{part.tag.rpartition('}')[2]}", part.text) for part in leaf] or [(tag, leaf.text)]
            for name, text in parts:
                whole = whole and name in tags
                items[tags.get(name, "")] = csv_era[text] if name.endswith("gen:era") else text or ""
        reports.append(items if whole else {})
    return reports


def table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def read(out: Path, summary: TownSummary, edition: str) -> Made:
    names = item_names(edition)

    def reports() -> Iterator[Report]:
        for path in sorted((out / "inbox/wage_report").glob("*/*.csv")):
            lines = path.read_bytes().decode("cp932").split("\r\n")
            assert lines.pop() == ""
            for number, line in enumerate(lines, start=1):
                values = line.split("@", 1)[-1].split(",")
                items = dict(zip(names, values, strict=True)) if len(values) == len(names) else {}
                yield Report(path.relative_to(out).as_posix(), number, items)
        for path in sorted((out / "inbox/wage_report").glob("*/*.xml")):
            for number, items in enumerate(xml_items(path, "wage_report", edition), start=1):
                yield Report(path.relative_to(out).as_posix(), number, items)

    return Made(
        out=out,
        summary=summary,
        reports=list(reports()),
        residents=table(next((out / "inbox/resident_register").glob("*/*.csv"))),
        membership=table(next((out / "inbox/membership_national_health_insurance").glob("*/*.csv"))),
        documents=table(out / "truth/documents.csv"),
        taxpayers=table(out / "truth/taxpayers.csv"),
        pensions=table(out / "truth/pensions.csv"),
        resident_returns=table(out / "truth/resident_returns.csv"),
        one_stop=table(out / "truth/one_stop.csv"),
    )


@pytest.fixture(scope="session")
def town(tmp_path_factory: pytest.TempPathFactory) -> Made:
    """Sendai's town for fiscal year 2026."""
    out = tmp_path_factory.mktemp("town")
    return read(out, make_town(out, people=PEOPLE, seed=1, city="041009", fiscal_year=2026), "unified_147")


@pytest.fixture(scope="session")
def year_before(tmp_path_factory: pytest.TempPathFactory) -> Made:
    """The same town a fiscal year earlier."""
    out = tmp_path_factory.mktemp("year_before")
    return read(out, make_town(out, people=PEOPLE, seed=1, city="041009", fiscal_year=2025), "unified_144")
