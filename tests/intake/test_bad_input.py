"""Bad input: what the operator reads, word for word, while the rest of the batch goes on."""

from datetime import date

import pytest

from pipelines import intake
from pipelines.errors import ConfigurationError, StopForPerson
from tests.intake.kit import MEMBERS, NEWEST, REGISTER, Office, number, resident, wage, with_wrong_check_digit

OK = [wage(1), wage(2)]


def accepted(office: Office) -> int:
    return office.rows("SELECT count(*) FROM document")[0][0]


# ------------------------------------------------------------------------- bad records, the rest is taken in
BAD_RECORDS = {
    # a record too long
    wage(3) + ",": (
        "項目の数がどの版のレイアウトとも合わないレコードです ／ 内容: 148項目 ／ "
        "正しい形: 98項目（2014年版）、144項目（令和2年分から令和6年分）、147項目（令和7年分から）のいずれか ／ "
        "対処: 値の中のカンマや途中で切れた行がないか、提出者に確認してください"
    ),
    # a record too short
    "315,,,": (
        "項目の数がどの版のレイアウトとも合わないレコードです ／ 内容: 4項目 ／ "
        "正しい形: 98項目（2014年版）、144項目（令和2年分から令和6年分）、147項目（令和7年分から）のいずれか ／ "
        "対処: 値の中のカンマや途中で切れた行がないか、提出者に確認してください"
    ),
    # an unknown code
    wage(3, submission_kind="7"): (
        "レイアウトにないコードです ／ 項目: 10 訂正表示（提出区分） ／ 正しい形: レイアウトの codes にあるコード ／ "
        "対処: コードの意味を提出者に確認してください。新しいコードなら schemas/intake のレイアウトに追加してください"
    ),
    # a wrong check digit
    wage(3, individual_number=with_wrong_check_digit(number(3))): (
        "個人番号の検査用数字が合いません ／ 項目: 95 支払を受ける者の個人番号 ／ "
        "正しい形: 12桁目が番号法施行令に基づく検査用数字であること ／ "
        "対処: 提出者に本人の個人番号の確認を依頼してください"
    ),
    # another city's record
    wage(3, city_code="131032"): (
        "提出先市町村コードが、この団体のコードではありません ／ 項目: 139 提出先市町村コード ／ "
        "正しい形: この団体（行政区を含む）の5桁又は6桁の団体コード ／ "
        "対処: 他団体あての報告書なら回送し、誤記なら提出者に訂正を依頼してください"
    ),
    # an impossible date
    wage(3, born_month="02", born_day="30"): (
        "生年月日が存在しない日付です ／ 項目: 47 受給者生年月日（日） ／ 正しい形: その元号にある年月日 ／ "
        "対処: 本人の生年月日を提出者に確認してください"
    ),
    # an amount out of range
    wage(3, paid_yen="9900000000"): (
        "支払金額が確認なしに取り込める範囲を超えています ／ 項目: 17 支払金額 ／ 正しい形: 0円から50億円まで ／ "
        "対処: 桁の誤りがないか、提出者に確認してください"
    ),
    # a number in a text
    wage(3, remarks="個人番号は９００００００００００１です"): (
        "個人番号の欄ではない項目に、12桁以上の数字があります。個人番号の疑いがあるため値を伏せました ／ "
        "項目: 86 摘要 ／ 正しい形: 個人番号は個人番号の欄だけ ／ "
        "対処: 原本を確認し、提出者に訂正を依頼してください"
    ),
    # items missing
    wage(3, payer_name="", address=""): (
        "必須の項目がありません ／ 項目: 5 提出義務者の氏名又は名称・12 支払を受ける者の住所又は居所 ／ "
        "正しい形: 値があること ／ 対処: 提出者に確認し、訂正した報告書の提出を依頼してください"
    ),
}


def test_bad_records_go_to_quarantine_and_the_rest_is_taken_in(office: Office) -> None:
    office.put("kyuho.csv", OK[0], *BAD_RECORDS, OK[1])
    report = intake.run(office.ctx)
    assert report.problems == []
    assert [(record, text) for record, _, text in office.messages()] == list(enumerate(BAD_RECORDS.values(), start=2))
    assert accepted(office) == 2


def test_a_record_with_a_byte_that_is_no_character_is_told_by_its_place_alone(office: Office) -> None:
    bad = wage(3).encode("cp932").replace("見本町２".encode("cp932"), b"\x8c\xa9\x81\x20\x92\xac")
    content = b"\r\n".join([OK[0].encode("cp932"), bad, OK[1].encode("cp932"), b""])
    office.put_bytes("kyuho.csv", content)
    intake.run(office.ctx)
    place = bad.index(b"\x81\x20") + 1
    assert office.messages() == [
        (
            2,
            "undecodable",
            f"文字コードがCP932（Shift_JIS）として読めないレコードです ／ 内容: {place}バイト目 ／ 正しい形: CP932の文字だけ"
            " ／ 対処: 提出者に、CP932で書き出し直したファイルの再送を依頼してください",
        )
    ]
    assert accepted(office) == 2


def test_money_that_cannot_be_read_is_said(office: Office) -> None:
    office.put("kyuho.csv", OK[0], "315,,,", OK[1])
    report = intake.run(office.ctx)
    assert report.lines == [
        "wage_report/2026-01-31/kyuho.csv: 取り込みました（読込み3件、受入れ2件10,000,000円、保留1件0円、重複0件0円）。"
        "金額を読めないレコード1件は0円として数えました"
    ]


# ------------------------------------------------------------------------- wrong files, the others are taken in
def put_bad_files(office: Office) -> dict[str, str]:
    """One of each kind; what the operator must read of each."""
    inbox = office.ctx.home.inbox
    office.put_bytes("empty.csv", b"")
    office.put("header.csv", layout=REGISTER)
    wrong_header = MEMBERS.header_line.replace("left_on", "until") + "\n"
    office.put_bytes("kokuho.csv", wrong_header.encode(), MEMBERS)
    office.put("x.csv", *OK).unlink()
    (inbox / "wage_report/2026-01-31/folder.csv").mkdir()
    office.put_bytes("no-lines.bin", b"\x00" * (17 * 1024 * 1024))
    note = "sender: '9000001'\nbatch: R8-001\nrecords: 3\npaid_yen: 15000000\n"
    office.put("noted.csv", wage(8), wage(9), note=note)
    office.put("gone.csv", wage(8), note="sender: a\nbatch: b\nrecords: 1\n").unlink()
    office.put("strange-note.csv", wage(8), note="sender: a\npersons: 1\n")
    (inbox / "wage_reports").mkdir()
    (inbox / "wage_report" / "R8.1.31").mkdir(parents=True)
    return {
        "empty": "空のファイルです ／ ファイル: empty.csv ／ 内容: 0バイト ／ 正しい形: 1件以上のレコード ／ "
        "対処: 送信の失敗と思われます。提出者に再送を依頼し、このファイルを受信箱から除いてください",
        "header only": "レコードが1件もないファイルです ／ ファイル: header.csv ／ 内容: 見出し行だけ ／ "
        "正しい形: 1件以上のレコード ／ "
        "対処: 抽出や送信の失敗と思われます。提出者に確認し、このファイルを受信箱から除いてください",
        "wrong header": "見出し行がレイアウトと一致しません ／ ファイル: kokuho.csv ／ レコード: 0 ／ 内容: 5列の見出し ／ "
        "正しい形: taxpayer_no,household_no,role,joined_on,left_on ／ "
        "対処: 国民健康保険 資格・世帯データ（当システムの暫定レイアウト 第1版）の見出しに合わせて作り直してください",
        "folder": "ファイルではないものが受信箱にあります ／ ファイル: folder.csv ／ 内容: フォルダ ／ "
        "正しい形: 1つのデータファイル ／ 対処: 中のファイルを受付日のフォルダの直下に置き直してください",
        "no lines": "改行のない巨大なデータです。レコードのファイルではありません ／ ファイル: no-lines.bin ／ "
        f"内容: 16,777,216バイトの中に改行がない ／ 正しい形: 1行に1レコードの{NEWEST.title} ／ "
        "対処: 圧縮や暗号化を解いた元のファイルかどうか、提出者に確認してください",
        "delivery note": "送付書とファイルの内容が一致しません ／ ファイル: noted.csv ／ 項目: 件数・支払金額の合計 ／ "
        "内容: 2件・10,000,000円 ／ 正しい形: 3件・15,000,000円 ／ "
        "対処: 取り込まずに止めました。提出者に確認し、正しいファイルか送付書に差し替えてください",
        "note alone": "送付書だけがあり、本体のファイルがありません ／ ファイル: gone.csv.note.yaml ／ "
        "正しい形: 同じフォルダの gone.csv ／ 対処: 本体のファイルが届いているか、提出者に確認してください",
        "strange note": "送付書が読めません ／ ファイル: strange-note.csv.note.yaml ／ "
        "正しい形: sender・batch・records・paid_yen だけを持つYAML ／ "
        "対処: 送付書を直すか、提出者に確認してください。本体のファイルは受信箱に残っています",
        "unknown folder": "受信箱に、取り込み先のないフォルダがあります ／ ファイル: wage_reports ／ "
        "正しい形: account_transfer・decisions・employee_change・income_tax_return・insurance_premium・membership_list・membership_national_health_insurance・municipality_directory・network_answer・one_stop_notice・outside_register・"
        "pension_report・pension_target・person_status・reduction_decision・register_change・relative_inquiry・relative_inquiry_answer・resident_register・resident_tax_return・return_attachment・"
        "taxed_elsewhere_notice・unified_number・wage_report・wage_report_summary ／ "
        "対処: フォルダの名前を直してください",
        "no day": "受信箱の置き場所が正しくありません ／ ファイル: wage_report/R8.1.31 ／ "
        "内容: 受付日（YYYY-MM-DD）の名前のフォルダではない ／ 正しい形: inbox/<資料の種類>/<YYYY-MM-DD>/<ファイル> ／ "
        "対処: 受付日のフォルダの中に置き直してください",
    }


def test_bad_files_stay_in_the_inbox_and_the_others_are_taken_in(office: Office) -> None:
    messages = put_bad_files(office)
    before = inbox_names(office)
    office.put("zzz-good.csv", *OK)
    report = intake.run(office.ctx)
    assert sorted(str(problem) for problem in report.problems) == sorted(messages.values())
    assert report.counts["loaded"] == 1
    assert accepted(office) == 2
    assert office.rows("SELECT file_name FROM source_file") == [("zzz-good.csv",)]
    assert inbox_names(office) == before


def inbox_names(office: Office) -> list[str]:
    return sorted(str(path) for path in office.ctx.home.inbox.rglob("*"))


def test_the_same_batch_with_other_bytes(office: Office) -> None:
    note = "sender: '9000001'\nbatch: R8-001\nrecords: 1\n"
    office.put("kyuho.csv", wage(8), note=note)
    intake.run(office.ctx)
    path = office.put("kyuho-again.csv", wage(9), note=note, received_on=date(2026, 2, 2))
    office.put("zzz-good.csv", *OK)
    report = intake.run(office.ctx)
    assert [str(problem) for problem in report.problems] == [
        "同じバッチで内容の違うファイルが届きました ／ ファイル: kyuho-again.csv ／ "
        "内容: 2026-01-31 受付のものとSHA-256が違う ／ 正しい形: バッチ R8-001 は1回だけ ／ "
        "対処: 取り込まずに止めました。差替えか誤送かを提出者に確認し、訂正分なら別のバッチ名の送付書を付けてください"
    ]
    assert isinstance(report.problems[0], StopForPerson)
    assert path.exists()
    assert accepted(office) == 3


def test_a_file_in_the_wrong_encoding_is_refused_as_a_whole(office: Office) -> None:
    office.put("utf8.csv", *(wage(serial) for serial in range(20, 40)), encoding="utf-8")
    office.put("zzz-good.csv", *OK)
    report = intake.run(office.ctx)
    assert (report.counts["refused"], report.counts["loaded"]) == (1, 1)
    assert office.rows("SELECT verdict_reason FROM source_file WHERE verdict = 'refused'") == [
        ("20件のうち20件が重大な規則に反しています（上限は10件かつ20%）。ファイル全体を受け付けません",)
    ]
    assert accepted(office) == 2


def test_a_missing_key_stops_before_anything_is_read(office: Office) -> None:
    path = office.put("kyuho.csv", *OK)
    keys = office.ctx.keyring.folder
    (keys / "data-2026.json").unlink()
    with pytest.raises(ConfigurationError) as caught:
        intake.run(office.ctx)
    assert str(caught.value) == (
        f"鍵「data-2026」がありません ／ ファイル: {keys / 'data-2026.json'} ／ "
        "対処: 初めてなら juminzei keys init を実行し、以前からのデータがあるなら鍵を控えから戻してください"
    )
    assert path.exists()
    assert office.rows("SELECT count(*) FROM source_file") == [(0,)]


def test_no_message_shows_what_a_person_wrote(office: Office) -> None:
    office.put("kyuho.csv", wage(3, name="ABC Taro", kana="タロウ", born_day="99", employee_no="9" * 30))
    office.put("jumin.csv", resident(4, kana="みほん　たろう", postcode="12345"), layout=REGISTER)
    intake.run(office.ctx)
    told = "".join(text for _, _, text in office.messages())
    assert "保留" not in told
    for value in ("ABC", "タロウ", "99", "みほん", "12345", number(3), number(4)):
        assert value not in told
