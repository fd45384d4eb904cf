"""The committed sample is what the program makes today, byte for byte."""

from pathlib import Path

from pipelines.paths import ROOT
from pipelines.town import make_town

SAMPLE = ROOT / "data_samples/town_100"


def files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_the_sample_is_made_by_the_program(tmp_path: Path) -> None:
    make_town(tmp_path, people=100, seed=1, city="041009", fiscal_year=2026)
    made, kept = files(tmp_path), files(SAMPLE)
    assert sorted(made) == sorted(kept)
    assert [name for name in sorted(made) if made[name] != kept[name]] == [], "make the sample again, see its README"


def test_the_sample_is_small() -> None:
    assert sum(map(len, files(SAMPLE).values())) < 300_000
