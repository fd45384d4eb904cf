"""年金特別徴収対象者情報: 500 bytes a record, control records and totals checked, matched to persons, listed and told."""

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner

from pipelines import consolidation, intake, matching
from pipelines.cli.app import app
from pipelines.consolidation.origin import origins_of
from pipelines.errors import DataError
from pipelines.intake import fixed_records
from pipelines.ledger import open_ledger
from tests.intake.kit import PENSION, PENSION_TARGET, REGISTER, Office, pension, resident

MAY = date(2026, 5, 20)
HEADS = b"04100 001" + b"20260515" + b" " * 31 + b"000001" + b" " * 42


def data(name: str = "見本　太郎", kana: str = "ﾐﾎﾝ ﾀﾛｳ", amount_yen: int = 1_800_000, **changes: bytes) -> bytes:
    """One data record, written byte by byte as the sources tell: nothing of it comes from our layout."""
    fields = {
        "kind": b"2", "city": b"04100", "payer": b"999", "content": b"00", "codes": b"10", "made_on": b"20260515",
        "pension": b"1234567890", "pension_code": b"1150", "reserve": b"   ", "born_on": b"19500401", "sex": b"1",
        "kana": kana.encode("cp932").ljust(25), "in_1": b"\x1b$B", "name": _kanji(name, 25), "out_1": b"\x1b(B",
        "postcode": b"9800000", "address_kana": b" " * 80, "in_2": b"\x1b$B",
        "address": _kanji("仙台市青葉区見本町２－２", 80), "out_2": b"\x1b(B", "detail": b"01", "result": b"00",
        "transfer": b" ", "event_on": b"00000000", "amount": b"%011d" % amount_yen, "more": b"0" * 22 + b" " * 58,
        "certificate": b" " * 15,
    }  # fmt: skip
    record = b"".join((fields | changes).values())
    assert len(record) == 500
    return record


def _kanji(text: str, characters: int) -> bytes:
    # JIS X 0208 has one hyphen; Python names it the minus sign.
    return (
        text.replace("－", "−")
        .ljust(characters, "　")
        .encode("iso2022_jp")
        .removeprefix(b"\x1b$B")
        .removesuffix(b"\x1b(B")
    )


def file_of(*records: bytes, count: int | None = None, total: int | None = None) -> bytes:
    amount = sum(int(record[394:405]) for record in records) if total is None else total
    header = b"1041009990010" + b"20260515" + b" " * 479
    trailer = b"3041009990010" + b"20260515" + b"%09d%011d%011d%011d" % (
        len(records) if count is None else count, amount, 0, 0,
    )  # fmt: skip
    return HEADS + header + b"".join(records) + trailer.ljust(500)


def test_the_list_is_taken_in_matched_listed_and_told(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fixed_records, "BATCH_RECORDS", 2)
    monkeypatch.setenv("JUMINZEI_DATA", str(office.ctx.home.root.parent))
    monkeypatch.setenv("JUMINZEI_KEYS", str(office.ctx.home.root.parent.parent / "keys"))
    office.put("register.csv", resident(1, born_on="1950-04-01"), layout=REGISTER)
    office.put("nenpo.csv", pension(1), layout=PENSION)
    records = [
        data(),
        data("見本　花子", "ﾐﾎﾝ ﾊﾅｺ", 900_000, sex=b"2", detail=b"02"),
        data(born_on=b"19501331"),
        data(name="見本　次郎", detail=b"70"),
        data(kana=" ")[:47] + b"\x81" + data()[48:],
        data(city=b"13103"),
    ]
    office.put_bytes("Z0.dta", file_of(*records), PENSION_TARGET, received_on=MAY)
    assert intake.run(office.ctx).problems == []
    assert office.rows(
        "SELECT name, kana, born_on, address, payer_code, basic_pension_no, target_kind, amount_1_yen, made_on "
        "FROM pension_target JOIN document USING (document_no) ORDER BY document_no"
    ) == [
        ("見本　太郎", "ﾐﾎﾝ ﾀﾛｳ", date(1950, 4, 1), "仙台市青葉区見本町２－２", "999", "1234567890", "new", 1_800_000,
         date(2026, 5, 15)),
        ("見本　花子", "ﾐﾎﾝ ﾊﾅｺ", date(1950, 4, 1), "仙台市青葉区見本町２－２", "999", "1234567890", "continued", 900_000,
         date(2026, 5, 15)),
    ]  # fmt: skip
    assert [(no, rule) for no, rule, _ in office.messages()] == [
        (3, "impossible_birthday"), (4, "dummy"), (5, "undecodable"), (6, "another_city"),
    ]  # fmt: skip
    assert office.rows(
        "SELECT read_count, accepted_count, quarantined_count, read_yen, accepted_yen FROM source_file WHERE source = 'pension_target'"
    ) == [(6, 2, 4, 8_100_000, 2_700_000)]
    matching.run(office.ctx)
    consolidation.run(office.ctx)
    listed = json.loads(CliRunner().invoke(app, ["pension-targets", "list", "--fiscal-year", "2026", "--json"]).output)
    assert [(row["宛名番号"], row["区分"], row["公的年金等の収入（円）"], row["所見"]) for row in listed] == [
        ("000000000000001", "新規", 1_800_000, ""),
        ("", "前年度継続", 0, "名寄せ待ち（juminzei queue list）"),
    ]
    with open_ledger(office.ctx.home, office.ctx.keyring, holder="test") as session:
        inputs = {
            one.name: one
            for one in origins_of(session, 2026, "000000000000001", 1, office.ctx.city.document_priority).inputs
        }
    assert "年金特別徴収対象者情報（資料番号" in inputs["collection_method"].note


BROKEN: dict[str, tuple[Callable[[], bytes], str]] = {
    "length": (lambda: file_of(data()) + b"\r\n", "1,598バイト"),
    "heads": (lambda: file_of(data()).replace(b"20260515", b"2026051X", 1), "管理レコードの made_on が数字でない"),
    "count": (lambda: file_of(data(), count=2), "1件・金額1の計1,800,000円"),
    "total": (lambda: file_of(data(), total=1), "1件・金額1の計1,800,000円"),
    "payer": (lambda: file_of(data())[:-500] + file_of(data())[-500:].replace(b"999", b"998"), "1件・金額1の計1,800,000円"),
    "order": (lambda: HEADS + data() + file_of(data())[96:], "0件目のデータの後に、順序の違うレコードがある"),
    "end": (lambda: file_of(data())[:-500], "最後のトレーラレコードがない"),
}  # fmt: skip


@pytest.mark.parametrize("kind", BROKEN)
def test_a_file_whose_control_records_do_not_fit_is_refused_whole(tmp_path: Path, kind: str) -> None:
    content, found = BROKEN[kind]
    path = tmp_path / "Z0.dta"
    path.write_bytes(content())
    with pytest.raises(DataError) as error:
        list(fixed_records.FixedReader(path, PENSION_TARGET))
    assert (error.value.what, error.value.found) == ("固定長のファイルを受け付けられません", found)


def test_the_layout_adds_up_to_500_bytes_and_calls_itself_interim() -> None:
    assert sum(item.width for item in PENSION_TARGET.items) == 500
    assert (PENSION_TARGET.official, "未確認" in PENSION_TARGET.title) == (False, True)
