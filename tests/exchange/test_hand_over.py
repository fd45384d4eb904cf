"""庁内連携: what left goes into its department's folder by a preset route, once, also after a crash; acknowledgements are read."""

import json
from datetime import date
from pathlib import Path

import pytest

from pipelines.errors import ConfigurationError, DataError
from pipelines.exchange import durable
from pipelines.exchange.emission import MANIFEST
from pipelines.ledger import StageContext
from pipelines.run import hand_over as office
from pipelines.run.releases import verify
from tests.exchange.releases import Office

ROUTED, DEPARTMENT = "national_pension-exemption", "national_pension"
DAY = date(2026, 6, 1)


@pytest.fixture
def left(ctx: StageContext, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An emission of a routed contract, in the outbox."""
    monkeypatch.setenv("JUMINZEI_DATA", str(ctx.home.root.parent))
    monkeypatch.setenv("JUMINZEI_KEYS", str(ctx.home.root.parent.parent / "keys"))
    at_work = Office(ctx)
    at_work.decide(at_work.prepare(), "sato", "suzuki")
    at_work.emit()
    (emission,) = at_work.emissions
    moved = ctx.home.outbox / ROUTED / emission.name
    moved.parent.mkdir()
    return emission.rename(moved)


def events(ctx: StageContext) -> list[str]:
    lines = (ctx.home.audit / "events.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line)["kind"] for line in lines if "hand" in json.loads(line)["kind"]]


def run() -> list[tuple[str, str]]:
    return [(row["提供先"], row["状態"]) for row in office.hand_over("041009", "sato", DAY)]


def test_once_by_its_route_then_acknowledged(ctx: StageContext, left: Path) -> None:
    place = ctx.home.areas / DEPARTMENT / ROUTED / left.name
    assert [row["状態"] for row in office.listing("041009")] == ["未引渡し"]
    assert run() == [(DEPARTMENT, "引渡し")]
    assert {path.name: path.read_bytes() for path in place.iterdir()} == {
        path.name: path.read_bytes() for path in left.iterdir()
    }
    assert run() == []
    assert events(ctx) == ["hand_over_run", "handed_over"]
    assert [row["状態"] for row in office.listing("041009")] == ["受領待ち"]

    acknowledgement = place / office.ACKNOWLEDGEMENT
    acknowledgement.write_text("received", encoding="utf-8")
    with pytest.raises(DataError, match="受領の知らせを読めません"):
        run()
    (parcel,) = office._parcels("041009", None)
    for rows, state in ((parcel.rows + 1, "受領の内容が目録と違う"), (parcel.rows, "受領済み")):
        said = {"manifest_sha256": parcel.manifest_sha256, "rows": rows}
        acknowledgement.write_text(json.dumps(said), encoding="utf-8")
        assert [row["状態"] for row in office.listing("041009")] == [state]
        if rows != parcel.rows:
            with pytest.raises(DataError, match="提供先が受け取ったものが、渡したものと違います"):
                run()
    assert run() == [(DEPARTMENT, "受領済み")]
    assert run() == []
    assert events(ctx) == ["hand_over_run", "handed_over", "hand_over_acknowledged"]


@pytest.mark.parametrize("point", ["handover.file.write:after", "handover.manifest.write:before"])
def test_killed_in_the_middle_it_is_finished_the_next_time_and_told_once(
    ctx: StageContext, left: Path, monkeypatch: pytest.MonkeyPatch, point: str
) -> None:
    class Killed(BaseException):
        pass

    def die(reached: str) -> None:
        if reached == point:
            raise Killed

    monkeypatch.setattr(durable, "on_reach", die)
    with pytest.raises(Killed):
        run()
    monkeypatch.setattr(durable, "on_reach", durable.nothing)
    assert not (ctx.home.areas / DEPARTMENT / ROUTED / left.name / MANIFEST).exists()
    assert run() == [(DEPARTMENT, "引渡し")]
    assert events(ctx) == ["hand_over_run", "handed_over"]


def test_what_has_no_route_is_not_as_signed_or_has_no_officer_goes_nowhere(ctx: StageContext, left: Path) -> None:
    with pytest.raises(DataError, match="庁内連携の経路がない契約なので、渡せません ／ 項目: city-levy_summary"):
        office.hand_over("041009", "sato", DAY, "city-levy_summary")
    with pytest.raises(ConfigurationError):
        office.hand_over("041009", "nobody", DAY)
    next(path for path in left.iterdir() if path.suffix == ".csv").write_bytes(b"other")
    with pytest.raises(DataError, match="出たファイルが署名された目録と一致しないので、渡せません"):
        run()
    assert not (ctx.home.areas / DEPARTMENT).exists()
    assert [row["結果"] for row in verify("041009")] != ["一致"]
