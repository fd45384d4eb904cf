"""`make_town`: a whole synthetic town into a folder."""

import json
import shutil
from dataclasses import fields
from pathlib import Path

from pipelines.city import City, load_city
from pipelines.errors import ConfigurationError
from pipelines.exchange.inbox import NOTE_SUFFIX
from pipelines.town.employers import Employers
from pipelines.town.mess import with_mess
from pipelines.town.places import Places
from pipelines.town.reports import Town
from pipelines.town.settings import Settings, load_settings
from pipelines.town.summary import TownSummary
from pipelines.town.writer import TownWriter

PEOPLE_MAX = 20_000_000
_SUMMARY = "truth/town.json"


def make_town(
    out: Path,
    *,
    people: int,
    seed: int,
    city: City | str,
    fiscal_year: int,
    edition_2014: bool = False,
    mess: float = 0.0,
) -> TownSummary:
    """Make a synthetic town of `people` in `out`: the same arguments, the same bytes.

    `out/inbox/<source>/<received date>/` is what the municipality receives for `fiscal_year`, `out/truth/` what is
    really so, which the pipeline never reads. `edition_2014` puts three reports into a file of the 98-item edition;
    `mess` from 0 to 1 makes the town as messy as life (schemas/town/mess.yaml). Done again it changes nothing. Raises
    ConfigurationError when another town is in `out`, or people or mess are out of bounds.
    """
    profile = load_city(city) if isinstance(city, str) else city
    if not 1 <= people <= PEOPLE_MAX:
        raise ConfigurationError(
            "町の人数が範囲の外です", found=str(people), expected=f"1〜{PEOPLE_MAX}", action="人数を直してください"
        )
    if not 0 <= mess <= 1:
        raise ConfigurationError(
            "町の乱れの程度が範囲の外です",
            found=str(mess),
            expected="0〜1",
            action="0（なし）から1までの数にしてください",
        )
    settings = with_mess(load_settings(fiscal_year), mess)
    rules = settings.employers
    employers = Employers(
        count=max(rules["employers_min"], people // rules["people_per_employer"]),
        files=max(rules["files_min"], -(-people // rules["file_people"])),
        seed=seed,
        settings=settings,
    )
    town = Town(people, seed, profile.code, fiscal_year, settings, employers, edition_2014)
    made = _made_before(out, town)
    if made:
        return made
    making = out / ".making"
    shutil.rmtree(making, ignore_errors=True)  # what an interrupted run left
    summary = TownWriter(making, town, _places(profile, settings)).write()
    text = json.dumps(summary.told(), ensure_ascii=False, indent=2) + "\n"
    (making / _SUMMARY).write_text(text, encoding="utf-8", newline="\n")
    _move_all(making, out)
    return summary


def _move_all(making: Path, out: Path) -> None:
    """Bring the finished files to their places: delivery notes before their files, the summary last of all."""
    files = [path for path in sorted(making.rglob("*")) if path.is_file()]
    files.sort(key=lambda path: (path == making / _SUMMARY, not path.name.endswith(NOTE_SUFFIX)))
    for path in files:
        place = out / path.relative_to(making)
        place.parent.mkdir(parents=True, exist_ok=True)
        shutil.move(path, place)
    shutil.rmtree(making)


def _made_before(out: Path, town: Town) -> TownSummary | None:
    path = out / _SUMMARY
    if not path.exists():
        return None
    told = json.loads(path.read_text(encoding="utf-8"))
    same = ("people", "seed", "city_code", "fiscal_year", "edition_2014")
    other = any(told.get(name) != getattr(town, name) for name in same)
    other |= told.get("mess", 0) != town.settings.mess_level
    if other or set(told) | {"mess"} != {
        field.name for field in fields(TownSummary)
    }:  # an earlier program's town is another one
        raise ConfigurationError(
            "この場所には別の町があります", file=_SUMMARY, action="空のフォルダを出力先に指定してください"
        )
    return TownSummary(**told)


def _places(city: City, settings: Settings) -> Places:
    wards = tuple((ward.code, ward.name) for ward in city.wards) or ((city.code, ""),)
    return Places(head=city.prefecture_name + city.name, wards=wards, values=settings.places)
