"""What every test may have: a municipality's folders, a key ring with two officers, and a city."""

import os
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from pipelines.city import City, CityHome, load_city
from pipelines.ledger import StageContext, open_ledger
from pipelines.vault import KeyRing
from pipelines.vault.nursery import nursery

SENDAI = "041009"
# The workers take the cores between them.
os.environ["JUMINZEI_THREADS"] = "1"
FISCAL_YEAR = 2026


# The long ones start first, so that no worker is left alone with one at the end.
LONGEST_FIRST = (
    "demo/test_demo.py",
    "leaks/test_season.py",
    "assessment/test_cases.py",
    "cli/test_office.py",
    "crash/test_killed_anywhere.py",
    "run/test_simulator.py",
)


@pytest.hookimpl(tryfirst=True)  # before the groups are read
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    places = {name: place for place, name in enumerate(LONGEST_FIRST)}
    folder = Path(__file__).parent
    items.sort(key=lambda item: places.get(item.path.relative_to(folder).as_posix(), len(places)))
    for item in items:
        _keep_with_its_module(item)


def _keep_with_its_module(item: pytest.Item) -> None:
    """Tests that share what their module makes once go to one worker, so that it is made once."""
    fixtures = getattr(item, "_fixtureinfo").name2fixturedefs.values()  # noqa: B009
    if item.get_closest_marker("xdist_group") is None and any(one[-1].scope == "module" for one in fixtures if one):
        item.add_marker(pytest.mark.xdist_group(item.nodeid.partition("::")[0]))


@pytest.fixture(scope="session", autouse=True)
def _vaults_from_a_nursery() -> Iterator[None]:
    with nursery():
        yield


@pytest.fixture
def sendai() -> City:
    return load_city(SENDAI)


@pytest.fixture
def home(tmp_path: Path) -> CityHome:
    home = CityHome(SENDAI, tmp_path / "data")
    home.make()
    return home


@pytest.fixture(scope="session")
def first_day(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Keys, and a ledger in which nothing is yet: made once, and copied for each test."""
    folder = tmp_path_factory.mktemp("first day")
    ring = KeyRing.open(folder / "keys")
    ring.create_missing(fiscal_years=[2025, FISCAL_YEAR], officers=["sato", "suzuki"])
    home = CityHome(SENDAI, folder / "data")
    home.make()
    with open_ledger(home, ring, holder="first day"):
        return folder


@pytest.fixture
def keyring(tmp_path: Path, first_day: Path) -> KeyRing:
    shutil.copytree(first_day / "keys", tmp_path / "keys")
    return KeyRing.open(tmp_path / "keys")


@pytest.fixture
def ctx(sendai: City, home: CityHome, keyring: KeyRing, first_day: Path) -> StageContext:
    shutil.copytree(CityHome(SENDAI, first_day / "data").ledger, home.ledger, dirs_exist_ok=True)
    return StageContext(sendai, home, keyring, FISCAL_YEAR, date(2026, 5, 28))
