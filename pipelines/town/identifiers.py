"""Synthetic identifiers with valid check digits. Individual numbers begin with 999, corporate ones' bodies with 99."""

import numpy as np

from pipelines.town.settings import Ints, Texts
from pipelines.town.streams import scattered

INDIVIDUAL_BODY_FROM = 999 * 10**8
CORPORATE_BODY_FROM = 99 * 10**10

# Who holds which part of the synthetic range: residents from 0, people of elsewhere, those taxed without being registered, sole proprietors, nobody.
ELSEWHERE_FROM = 50_000_000
OUTSIDE_FROM = 60_000_000
PROPRIETORS_FROM = 70_000_000
NOBODY_FROM = 90_000_000
# Which part of the corporate range: employers from 0, payers of pensions.
PENSION_PAYERS_FROM = 80_000_000


def individual_numbers(index: Ints, seed: int) -> Texts:
    """12-digit individual numbers (番号法施行令8条; check digit: 平成26年総務省令85号5条)."""
    body = INDIVIDUAL_BODY_FROM + scattered(index, seed)
    total = np.zeros_like(body)
    for place in range(1, 12):
        weight = place + 1 if place <= 6 else place - 5
        total += (body // 10 ** (place - 1) % 10) * weight
    rest = total % 11
    check = np.where(rest <= 1, 0, 11 - rest)
    return _texts(body * 10 + check, 12)


def corporate_numbers(index: Ints, seed: int) -> Texts:
    """13-digit corporate numbers (check digit first; 平成26年財務省令70号2条)."""
    body = CORPORATE_BODY_FROM + scattered(index, seed)
    total = np.zeros_like(body)
    for place in range(1, 13):
        total += (body // 10 ** (place - 1) % 10) * (1 if place % 2 else 2)
    return _texts((9 - total % 9) * 10**12 + body, 13)


def taxpayer_nos(index: Ints) -> Texts:
    """15-digit 宛名番号 of the residents."""
    return _texts(index + 1_000_001, 15)


def _texts(values: Ints, width: int) -> Texts:
    return np.array([f"{value:0{width}d}" for value in values.tolist()], dtype=object)
