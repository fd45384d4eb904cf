"""A person under 支援措置 is searched for, in everything that left: the address in 課税台帳 alone, the name only where somebody must know it."""

import unicodedata
from collections.abc import Iterator
from pathlib import Path

import mojimoji
import pytest

from pipelines.run.simulator import World
from tests.leaks.layers import Opener
from tests.leaks.lived import Season
from tests.leaks.needles import ENCODINGS, Pattern, patterns
from tests.leaks.read_back import Left, text_of
from tests.leaks.search import Matcher

People = dict[str, dict[str, str]]

pytestmark = pytest.mark.xdist_group("leaks")

# 課税台帳 stays in the tax office, which must know where everybody lived.
LEDGER = "city-assessment_ledger"
# Who pays the wages withholds by name and hands the document to its employee; whoever registered a mailing address after the protection
# gets the notice there.
NAME_MAY_BE_IN = {
    "employer-withholding_notice",
    "employer-withholding_paper",
    "employee-withholding_paper",
    "employee-withholding_electronic",
    "taxpayer-ordinary_collection_notice",
    "taxpayer-house_notice",
    LEDGER,
}


def spellings(address: str) -> Iterator[str]:
    """The address as registered, folded, narrow, and without its blanks: a page may break the line anywhere."""
    narrow = mojimoji.zen_to_han(address, kana=False)
    for text in (address, unicodedata.normalize("NFKC", address), narrow):
        yield from {text, "".join(text.split())}


def matcher(people: People, others: People) -> Matcher:
    """Looks for numbers, names and addresses of these people; what one of the others is called too, or where one lives too, tells nothing."""

    def only(column: str) -> set[str]:
        return {row[column] for row in people.values()} - {row[column] for row in others.values()} - {""}

    needles = dict.fromkeys(sorted(only("individual_number")), "number")
    needles |= dict.fromkeys(sorted(only("name") | only("kana")), "name")
    addresses = [
        Pattern(spelling.encode(encoding, errors="ignore"), "address", encoding)
        for address in sorted(only("address"))
        for spelling in spellings(address)
        for encoding in ENCODINGS
    ]
    return Matcher([*patterns(needles), *addresses])


def texts(content: bytes, opener: Opener) -> Iterator[bytes]:
    """What a file says: a paper its pages, anything else every layer of it."""
    if content.startswith(b"%PDF"):
        yield from (page.encode() for page in text_of(content))
    else:
        yield from (layer for _, layer in opener.layers(content))


def found_in(files: Iterator[tuple[str, bytes]], looked_for: Matcher, opener: Opener) -> set[tuple[str, str]]:
    """(contract, kind of secret) in the files, with and without line ends and blanks."""
    found = set()
    for contract, content in files:
        for text in texts(content, opener):
            for part in (text, b"".join(text.split()).replace("\u3000".encode(), b"")):
                found |= {(contract, kind) for kind, _ in looked_for.found(part)}
    return found


def everything(left: Left, contracts: str = "*") -> Iterator[tuple[str, bytes]]:
    """(contract, content) of every file that left, and what was encrypted to its recipient as it was before."""
    for path in sorted(path for path in left.home.outbox.glob(f"{contracts}/*/*") if path.is_file()):
        yield path.parent.parent.name, path.read_bytes()
    sealed = {
        path.parent.parent.name for path in left.home.outbox.glob(f"{contracts}/*/*") if path.suffix in (".age", ".zip")
    }
    for contract in sorted(sealed):
        yield from ((contract, content) for _, content in left.files(contract))


@pytest.fixture(scope="module")
def searched(season: Season, tmp_path_factory: pytest.TempPathFactory) -> set[tuple[str, str]]:
    """Where the protected people were found."""
    left = of(season)
    opener = Opener(left.keyring, tmp_path_factory.mktemp("spill"))
    return found_in(everything(left), matcher(season.protected, season.others), opener)


def places(searched: set[tuple[str, str]], kind: str) -> set[str]:
    return {contract for contract, found in searched if found == kind}


def test_where_the_protected_live_is_in_nothing_that_left_the_tax_office(searched: set[tuple[str, str]]) -> None:
    assert places(searched, "address") == {LEDGER}


def test_nor_is_their_number(searched: set[tuple[str, str]]) -> None:
    assert places(searched, "number") == set()


def test_their_name_is_only_where_somebody_must_know_it(searched: set[tuple[str, str]]) -> None:
    assert places(searched, "name") == NAME_MAY_BE_IN


@pytest.mark.parametrize("contract", ["taxpayer-ordinary_collection_notice", "employer-withholding_paper"])
def test_the_same_search_finds_everybody_else(season: Season, contract: str, tmp_path: Path) -> None:
    left = of(season)
    others = matcher(season.others, season.protected)
    found = found_in(everything(left, contract), others, Opener(left.keyring, tmp_path))
    assert found == {(contract, "address"), (contract, "name")}


def of(season: Season) -> Left:
    world = World(season.folder / "lived")
    return Left(world.home, world.keyring)
