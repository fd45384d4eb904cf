"""The queue's candidates are ordered by what speaks for each, by how rare it is; no weight links anybody."""

from collections.abc import Iterator
from datetime import date
from math import log2
from pathlib import Path
from typing import Any

import duckdb
import pytest

from pipelines.errors import ConfigurationError
from pipelines.ledger import LedgerSession, RunIdentity, migrations
from pipelines.ledger.sql_file import sql_text
from pipelines.matching import ranking
from pipelines.matching.weights import FILE, candidate_weights
from tests.matching.conftest import Town

BORN, OTHER_DAY, THIRD_DAY = date(1985, 4, 1), date(1970, 2, 3), date(1962, 5, 6)
RARE, FREQUENT = ("鵜殿　茂", "ウドノ　シゲル"), ("佐藤　茂", "サトウ　シゲル")
# A house each: one who has the document's name and another birth date, one who has its birth date and another name.
RARE_NAME, RARE_BIRTH = "000000000000001", "000000000000002"
FREQUENT_NAME, FREQUENT_BIRTH = "000000000000003", "000000000000004"
NUMBERED = "000000000000005"
OTHERS = 55  # 40 of them have the frequent name, too
PEOPLE = 5 + OTHERS
OF_RARE_NAME, OF_FREQUENT_NAME, OF_NUMBERED = 1, 2, 3


def residents() -> dict[str, dict[str, Any]]:
    def person(names: tuple[str, str], born_on: date, address: str, number_id: int | None = None) -> dict[str, Any]:
        name, kana = names
        return {
            "number_id": number_id,
            "name": name,
            "kana": kana,
            "born_on": born_on,
            "sex": "male",
            "address": address,
        }

    listed = {
        RARE_NAME: person(RARE, OTHER_DAY, "仙台市泉区将監１－１"),
        RARE_BIRTH: person(("林　一", "ハヤシ　ハジメ"), BORN, "仙台市泉区将監１－１"),
        FREQUENT_NAME: person(FREQUENT, OTHER_DAY, "仙台市泉区将監２－２"),
        FREQUENT_BIRTH: person(("林　二", "ハヤシ　フタツ"), BORN, "仙台市泉区将監２－２"),
        NUMBERED: person(("千葉　実", "チバ　ミノル"), THIRD_DAY, "仙台市泉区将監３－３", number_id=5),
    }
    for other in range(OTHERS):
        names = FREQUENT if other < 40 else (f"岡　{other}", "オカ　" + "アイウエオカキクケコサシスセソ"[other - 40])
        listed[f"{100 + other:015d}"] = person(names, date(1950, 1, 1), f"仙台市泉区将監９－{other}")
    return listed


def ranked_town(listed: dict[str, dict[str, Any]]) -> Town:
    con = duckdb.connect(":memory:")
    con.execute("ATTACH ':memory:' AS ledger")
    con.execute("USE ledger")
    for file in migrations.migrations():
        con.execute(file.read_text(encoding="utf-8"))
    town = Town(LedgerSession(con, RunIdentity()))
    for taxpayer_no, person in listed.items():
        town.resident(taxpayer_no, **person)
    for (name, kana), address in ((RARE, "仙台市泉区将監１－１"), (FREQUENT, "仙台市泉区将監２－２")):
        town.document(number_id=None, name=name, kana=kana, born_on=BORN, address=address)
    town.document(number_id=5, name="千葉　実", kana="ﾁﾊﾞ ﾐﾉﾙ", born_on=date(1962, 5, 7), address="仙台市泉区将監３－３")
    town.match()
    return town


@pytest.fixture(scope="module")
def ranked() -> Iterator[Town]:
    town = ranked_town(residents())
    yield town
    town.session.con.close()


def weights(town: Town) -> list[tuple[Any, ...]]:
    return town.ask(
        "SELECT document_no, review_version, taxpayer_no, compared_item, agreement, weight_centibits "
        "FROM ledger.review_weight ORDER BY ALL"
    )


def of_candidate(town: Town, document_no: int, taxpayer_no: str) -> dict[str, tuple[str, int]]:
    return {
        row[3]: (row[4], row[5]) for row in weights(town) if (row[0], row[1], row[2]) == (document_no, 1, taxpayer_no)
    }


def bits(m: int, u: float) -> int:
    return round(100 * log2(m / u))


def test_a_rare_name_outranks_a_birth_date_and_a_frequent_name_does_not(ranked: Town) -> None:
    candidates = {document: found for document, (_, found) in ranked.reasons().items()}
    assert candidates[OF_RARE_NAME] == [RARE_NAME, RARE_BIRTH]
    assert candidates[OF_FREQUENT_NAME] == [FREQUENT_BIRTH, FREQUENT_NAME]


def test_what_agrees_and_differs_is_told_in_the_order_of_the_candidates(ranked: Town) -> None:
    ((evidence,),) = ranked.ask(f"SELECT evidence FROM ledger.review_item WHERE document_no = {OF_FREQUENT_NAME}")
    assert evidence == ["生年月日・住所が一致、氏名・フリガナが相違", "氏名・フリガナ・住所が一致、生年月日が相違"]


def test_nobody_is_linked_however_much_a_candidate_weighs(ranked: Town) -> None:
    said = of_candidate(ranked, OF_NUMBERED, NUMBERED)
    assert sum(weight for _, weight in said.values()) > 0  # likelier than not
    assert ranked.links() == {}
    assert ranked.reasons()[OF_NUMBERED] == ("attributes_differ", [NUMBERED])


def test_each_item_weighs_what_the_model_says(ranked: Town) -> None:
    """log2(m / u); of a birth date or an address u is its share of the 60 residents, of a name half of u is."""
    assert of_candidate(ranked, OF_NUMBERED, NUMBERED) == {
        "start": ("start", bits(1, PEOPLE)),
        "number": ("written", bits(950_000, 10_000)),
        "name": ("written", bits(820_000, (205_000 * 1_000_000 / PEOPLE) ** 0.5)),
        "kana": ("written", bits(850_000, (212_500 * 1_000_000 / PEOPLE) ** 0.5)),
        "born": ("differs", bits(10_000, 999_959)),
        "address": ("written", bits(600_000, 1_000_000 / PEOPLE)),
    }


def test_a_name_of_frequent_parts_is_not_rare_for_being_the_only_one() -> None:
    """Of 40 people one is 佐藤 茂, but 20 are 佐藤, and 21 茂: so that a quarter of all could be both."""
    names = ["佐藤　茂", *(f"佐藤　{n}" for n in range(19)), *(f"岡{n}　茂" for n in range(20))]
    con = duckdb.connect(":memory:")
    con.execute("CREATE TABLE resident_of_year (name VARCHAR, kana VARCHAR, born_on DATE, address VARCHAR)")
    con.executemany("INSERT INTO resident_of_year (name) VALUES (?)", [[name] for name in names])
    con.execute("CREATE TABLE weighed_pair (name VARCHAR, kana VARCHAR, born VARCHAR, address VARCHAR)")
    con.execute("INSERT INTO weighed_pair (name) VALUES ('佐藤　茂'), ('岡0　茂')")
    found = con.execute(f"SELECT term, share_ppb FROM ({sql_text('matching', 'term_share')}) ORDER BY term").fetchall()
    con.close()
    assert found == [("佐藤　茂", 10**9 * 20 * 21 // 40**2), ("岡0　茂", 10**9 // 40)]


def test_the_same_ledger_gives_the_same_weights_in_whatever_order_it_was_written(ranked: Town) -> None:
    other = ranked_town(dict(reversed(residents().items())))
    assert weights(other) == weights(ranked)
    other.session.con.close()


def test_a_run_with_nothing_new_weighs_nobody_and_what_is_kept_keeps_its_weights() -> None:
    town = ranked_town(residents())
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ranking, "_predict", lambda session: pytest.fail("nothing is new"))
        assert town.match().commit_no is None
        town.decide(OF_RARE_NAME, "keep")
        town.match()
    versions: dict[int, list[tuple[Any, ...]]] = {1: [], 2: []}
    for document_no, version, *said in weights(town):
        if document_no == OF_RARE_NAME:
            versions[version].append(tuple(said))
    assert versions[1]
    assert versions[1] == versions[2]
    assert town.reasons()[OF_RARE_NAME] == ("kept", [RARE_NAME, RARE_BIRTH])
    town.session.con.close()


def test_weights_that_are_no_shares_of_a_million_are_refused(tmp_path: Path) -> None:
    file = tmp_path / "candidate_weights.yaml"
    file.write_text(FILE.read_text(encoding="utf-8").replace("u: 10000}", "u: 10001}"), encoding="utf-8")
    with pytest.raises(ConfigurationError) as refused:
        candidate_weights(file)
    assert str(refused.value) == (
        "突合保留の候補の重みが正しくありません ／ ファイル: candidate_weights.yaml ／ 項目: number ／ "
        "内容: m の計 1000000、u の計 1000001 ／ "
        "正しい形: written・spelled・earlier・differs の順で、m も u も1以上、計はそれぞれ 1000000。"
        "rarity_percent は name・kana・born・address が 1〜100、ほかは 0 ／ 対処: その項目を直してください"
    )
