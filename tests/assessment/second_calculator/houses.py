"""均等割 for an office or a house without residence (法294条①二)."""

from typing import Any

from second_calculator.municipality import Municipality
from second_calculator.reading import known_keys


def house_tax(value: Any, city: Municipality, *, public_assistance: bool) -> list[dict[str, Any]]:
    """均等割 for an office or a house without residence (法294条①二), in every ward of a designated city (737条①).

    None from whoever lives on 生活扶助 (295条①一); the incomes that 295条①二 and ③ ask for are not known there.
    """
    if not isinstance(value, list):
        raise ValueError("houses: a list is expected")
    wards = [known_keys(house, ("ward",), "houses").get("ward") for house in value]
    if not all(isinstance(ward, str) and len(ward) == 6 and ward.isdigit() for ward in wards):
        raise ValueError("houses.ward: a code of six digits is expected")
    if len(set(wards)) != len(wards):
        raise ValueError("houses.ward: one ward twice; it levies once")
    return [
        {
            "ward": ward,
            "city_per_capita_yen": 0 if public_assistance else city.city_per_capita_yen,
            "prefecture_per_capita_yen": 0 if public_assistance else city.prefecture_per_capita_yen,
        }
        for ward in wards
    ]
