"""The year's mailings: which season it is, and of which fiscal year. Light: DAG files ask it."""

from datetime import date

# 総括表 leave in autumn for the reports of next January: those of the next fiscal year.
FOR_NEXT_YEAR = "employer_forms"
TITLES = {
    "employer_forms": "総括表の送付",
    "returns": "申告書の発送",
    "taxed_here": "住登外課税の通知（294条3項）",
    "requests": "申告のお願い",
    "inquiries": "扶養の照会と申告特例の無効通知",
}


def mailing_of(days: dict[str, str], as_of: str) -> str:
    """The mailing (a cut) whose season it is: the last one of which the day (`MM-DD`) has come, over the turn of the year too."""
    in_order = sorted((day, mailing) for mailing, day in days.items())
    begun = [mailing for day, mailing in in_order if day <= as_of[5:]]
    return begun[-1] if begun else in_order[-1][1]


def fiscal_year_of(mailing: str, as_of: str) -> int:
    """The fiscal year that a mailing of that day is about."""
    day = date.fromisoformat(as_of)
    in_autumn = day.month > 6  # the second half of the year
    return day.year + 1 if mailing == FOR_NEXT_YEAR and in_autumn else day.year
