"""Where the project's folders and the municipality's data lie."""

import os
import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SQL = ROOT / "sql"
SCHEMAS = ROOT / "schemas"


def data_root() -> Path:
    """The folder above the cities' data: `$JUMINZEI_DATA`, by default `var/data`."""
    return Path(os.environ.get("JUMINZEI_DATA", ROOT / "var" / "data"))


def keys_root() -> Path:
    """The folder of the key files: `$JUMINZEI_KEYS`, by default `var/keys`."""
    return Path(os.environ.get("JUMINZEI_KEYS", ROOT / "var" / "keys"))


def airflow_root() -> Path:
    """Airflow's home (airflow.cfg, dags, var): `$JUMINZEI_AIRFLOW`, by default the project itself."""
    return Path(os.environ.get("JUMINZEI_AIRFLOW", ROOT))


def city_names() -> dict[str, str]:
    """Code → name of the municipalities that have a profile, in order of the codes; reads one line of each profile."""
    found = {}
    for path in sorted((SCHEMAS / "cities").glob("[0-9]*.yaml")):
        line = re.search(r"^name: *(.+)$", path.read_text(encoding="utf-8"), re.M)
        found[path.name.partition("-")[0]] = line[1].strip() if line else path.stem
    return found


def city_days(code: str) -> tuple[str, str, list[str]]:
    """The days by which a municipality's office works (`MM-DD`): the cut-offs of the initial decision for withholding from
    wages and for ordinary collection, and those of the monthly corrections; reads these lines of the profile only.
    """
    [path] = (SCHEMAS / "cities").glob(f"{code}-*.yaml")
    text = path.read_text(encoding="utf-8")
    cuts = re.search(r'^cut_offs: *\{employment: "(\d\d-\d\d)", ordinary: "(\d\d-\d\d)"\}', text, re.M)
    corrections = re.findall(r'^ +- \{cut_off: "(\d\d-\d\d)"', text, re.M)
    if cuts is None or not corrections:
        raise ValueError(f"{path.name}: cut_offs or monthly_corrections is missing")
    return cuts[1], cuts[2], corrections


def city_mailing_days(code: str) -> dict[str, str]:
    """Mailing (a cut) → the day (`MM-DD`) on which it is prepared; reads this line of the profile only."""
    [path] = (SCHEMAS / "cities").glob(f"{code}-*.yaml")
    line = re.search(r"^mailing_days: *\{(.+?)\}", path.read_text(encoding="utf-8"), re.M)
    if line is None:
        raise ValueError(f"{path.name}: mailing_days is missing")
    return dict(re.findall(r'(\w+): "(\d\d-\d\d)"', line[1]))


def city_codes() -> list[str]:
    """The codes of the municipalities that have a profile, in order."""
    return list(city_names())
