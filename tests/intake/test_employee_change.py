"""給与所得者異動届出書: from the payer's file to the person's way of collection; what is wrong with a notice waits for a person."""

import json

import pytest
from typer.testing import CliRunner

from pipelines import consolidation, intake, matching
from pipelines.cli.app import app
from tests.intake.kit import (
    EMPLOYEE_CHANGE,
    REGISTER,
    Office,
    employee_change,
    number,
    resident,
    wage,
    with_wrong_check_digit,
)

# What is wrong with a notice, and the rule and item that say so; warnings are accepted.
WRONG = [
    ({"kana": ""}, "required"),
    ({"kana": "ミホン"}, "form"),
    ({"change_reason": "9"}, "unknown_code"),
    ({"payer_name": "名" * 61}, "length"),
    ({"individual_number": with_wrong_check_digit(number(9))}, "check_digit"),
    ({"payer_number": "12"}, "number_form"),
    ({"new_payer_name": f"番号 {number(8)}"}, "number_in_text"),
    ({"city_code": "131032"}, "another_city"),
    ({"changed_on": "2026-02-30"}, "impossible_date"),
]
DOUBTFUL = [
    ({"payer_number": "1234567890123"}, "corporate_check_digit"),
    ({"submitted_on": "2026-04-16"}, "notified_late"),
    ({"payer_designated_no": "", "payer_number": ""}, "unidentified"),
    ({"collection_after": "1"}, "transfer_without_payer"),
]


def test_a_notice_ends_withholding_and_a_bad_one_waits_for_a_person(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("JUMINZEI_DATA", str(office.ctx.home.root.parent))
    monkeypatch.setenv("JUMINZEI_KEYS", str(office.ctx.home.root.parent.parent / "keys"))
    office.put("register.csv", resident(1), layout=REGISTER)
    office.put("wage.csv", wage(1))
    odd = [employee_change(no, **changes) for no, (changes, _) in enumerate([*WRONG, *DOUBTFUL], start=2)]
    lines = [employee_change(1), employee_change(1), *odd, employee_change(99) + ",x"]
    office.put("idou.csv", *lines, layout=EMPLOYEE_CHANGE)
    assert intake.run(office.ctx).problems == []
    found = office.rows(
        "SELECT record_no, rule, severity FROM record_exception JOIN source_file USING (file_no) "
        "WHERE source = 'employee_change' ORDER BY ALL"
    )
    expected = [(no, rule, "critical") for no, (_, rule) in enumerate(WRONG, start=3)]
    expected += [(no, rule, "warning") for no, (_, rule) in enumerate(DOUBTFUL, start=3 + len(WRONG))]
    assert found == sorted([*expected, (len(lines), "item_count", "critical")])
    assert office.rows(
        "SELECT read_count, accepted_count, quarantined_count, duplicate_count FROM source_file WHERE source = 'employee_change'"
    ) == [(16, 5, 10, 1)]
    matching.run(office.ctx)
    consolidation.run(office.ctx)
    listed = json.loads(CliRunner().invoke(app, ["employers", "leavers", "--fiscal-year", "2026", "--json"]).output)
    assert listed[0] == {
        "資料番号": listed[0]["資料番号"],
        "宛名番号": "000000000000001",
        "指定番号": "9000001",
        "給与支払者": "見本商事株式会社",
        "異動日": "2026-03-31",
        "事由": "退職",
        "徴収方法": "普通徴収",
        "所見": "",
    }
    assert {row["所見"] for row in listed[1:]} == {"名寄せ待ち（juminzei queue list）"}
