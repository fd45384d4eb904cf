"""Numbers: valid to whoever checks them, and plainly synthetic to whoever looks."""

import numpy as np
from stdnum.jp import cn, in_

from pipelines.town.identifiers import NOBODY_FROM, corporate_numbers, individual_numbers
from tests.town.conftest import Made


def test_individual_numbers_are_valid_synthetic_and_never_twice() -> None:
    numbers = individual_numbers(np.arange(0, 100_000_000, 20_011), seed=3).tolist()
    assert all(in_.is_valid(number) and number.startswith("999") for number in numbers)
    assert len(set(numbers)) == len(numbers)


def test_corporate_numbers_are_valid_synthetic_and_never_twice() -> None:
    numbers = corporate_numbers(np.arange(5_000), seed=3).tolist()
    assert all(cn.is_valid(number) and number[1:3] == "99" for number in numbers)
    assert len(set(numbers)) == len(numbers)


def test_every_resident_has_a_number_of_their_own(town: Made) -> None:
    numbers = [person["individual_number"] for person in town.residents]
    assert all(in_.is_valid(number) and number.startswith("999") for number in numbers)
    assert len(set(numbers)) == len(numbers)


def test_every_number_in_a_wage_report_is_synthetic_and_valid_but_for_the_planted_fault(town: Made) -> None:
    wrong = 0
    for report in town.whole():
        persons = [value for name, value in report.items.items() if name.endswith("_number") and name != "payer_number"]
        assert all(number.startswith("999") for number in persons if number)
        wrong += sum(not in_.is_valid(number) for number in persons if number)
        payer = report.items["payer_number"]
        if len(payer) == 12:
            assert in_.is_valid(payer)
            assert payer.startswith("999")
        else:
            assert cn.is_valid(payer)
            assert payer[1:3] == "99"
    assert wrong == town.summary.difficulties["bad_check_digit"]


def test_a_wrong_number_belongs_to_nobody(town: Made) -> None:
    nobody = set(individual_numbers(NOBODY_FROM + np.arange(6_000), seed=1).tolist())
    residents = {person["individual_number"] for person in town.residents}
    assert not nobody & residents
    stories = {(row["file"], int(row["record_no"])): row["difficulty"] for row in town.documents}
    wrong = [r for r in town.whole() if stories[r.file, r.record_no] == "wrong_number"]
    assert wrong
    assert all(report.items["individual_number"] in nobody for report in wrong)
