"""What the reconciliation computes by itself: the balance of a file, the picture of arrivals, why a file is held."""

from dataclasses import replace
from datetime import date

import pytest
from lxml import etree

from pipelines.city import City, CityHome
from pipelines.exchange.operations_log import note_operation
from pipelines.run.arrival_chart import Season, chart, cumulative
from pipelines.run.reconciliation import PARTS, Reconciliation, _held, is_balanced
from pipelines.run.reconciliation_page import ROWS_MAX, page

SEASON = Season(date(2026, 1, 10), date(2026, 3, 15), date(2026, 2, 1))


def received(**figures: int) -> dict[str, object]:
    """A file of which nothing was read, but for `figures`."""
    nothing = {f"{part}_{unit}": 0 for part in ("read", *PARTS) for unit in ("count", "yen")}
    said = {
        "file_no": 1,
        "source": "wage_report",
        "sender": "-",
        "received_on": date(2026, 1, 20),
        "file_name": "a.csv",
    }
    more = {"verdict": "loaded", "verdict_reason": "", "worked_count": 0, "corrected_yen": 0, "warning_count": 0}
    return said | more | nothing | figures


@pytest.mark.parametrize("part", sorted(PARTS))
def test_a_file_balances_only_when_every_record_and_every_yen_is_somewhere(part: str) -> None:
    there = received(read_count=2, read_yen=300, **{f"{part}_count": 2, f"{part}_yen": 300})
    assert is_balanced(there)
    assert not is_balanced(there | {f"{part}_yen": 299})
    assert not is_balanced(there | {f"{part}_count": 1})


def test_a_year_known_to_a_day_is_drawn_to_that_day_and_the_year_before_to_the_end() -> None:
    before, now = [(date(2026, 1, 10), 3), (date(2026, 3, 15), 4)], [(date(2026, 1, 20), 5)]
    picture = chart("給与支払報告書", SEASON, cumulative(now), cumulative(before), ("8年度", "7年度"))
    lines = {path.get("class"): path.get("d") for path in picture.iter("{*}path")}
    ends = {name: float(d.rpartition("H")[2]) for name, d in lines.items()}
    assert ends["now"] < ends["before"]
    texts = [text.text for text in picture.iter("{*}text")]
    assert {"7年度 7", "8年度 5"} <= set(texts)
    assert b"script" not in etree.tostring(picture)


def test_two_lines_that_end_alike_have_names_that_can_be_read() -> None:
    picture = chart("申告書", SEASON, [(date(2026, 1, 20), 1000)], [(date(2026, 1, 20), 1001)], ("8年度", "7年度"))
    places = [float(text.get("y")) for text in picture.iter("{*}text") if "end" in text.get("class")]
    assert abs(places[0] - places[1]) >= 12


def test_a_file_in_the_inbox_is_told_with_the_last_reason(home: CityHome) -> None:
    for name in ("held.csv", "new.csv"):
        path = home.inbox / "wage_report" / "2026-01-20" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"315")
    for reason in ("古い理由", "送付書と一致しません ／ ファイル: held.csv ／ 内容: 3件"):
        note_operation(home, "held", source="wage_report", received_on="2026-01-20", file="held.csv", reason=reason)
    assert [(row["ファイル"], row["理由"]) for row in _held(home)] == [
        ("held.csv", "送付書と一致しません ／ 内容: 3件"),
        ("new.csv", "まだ受付の処理をしていません"),
    ]


def test_a_page_of_an_unbalanced_year_says_so_and_a_long_list_where_its_rest_is(sendai: City) -> None:
    files = [received(read_count=2, accepted_count=1)] * (ROWS_MAX + 1)
    found = Reconciliation(sendai, 2026, date(2026, 2, 1), 9, files, [], [], [], [], [])
    text = page(found).decode()
    assert "不一致" in text
    assert f"全{ROWS_MAX + 1:,}行のうち" in text
    assert "不一致" not in page(replace(found, files=[])).decode()
