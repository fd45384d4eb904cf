"""What each municipality says on its notice besides its profile: the ordinances and where to pay."""

from functools import cache

from pydantic import BaseModel, ConfigDict

from pipelines.errors import ConfigurationError
from pipelines.paths import SCHEMAS
from pipelines.yaml_file import load_yaml

WORDING = SCHEMAS / "notices" / "ordinary_collection.yaml"


class Wording(BaseModel):
    """Names of the ordinances on which the tax rests, and the places of payment (地方税法1条1項6号)."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    city_ordinance: str
    prefecture_ordinance: str
    payment_places: tuple[str, ...]


@cache
def load_wording(city_code: str) -> Wording:
    """The wording of a municipality. Raises ConfigurationError when nobody has written it."""
    found = load_yaml(WORDING).get(city_code)
    if found is None:
        raise ConfigurationError(
            "納税通知書に書く条例名と納付場所がありません",
            file="schemas/notices/ordinary_collection.yaml",
            item=city_code,
            action="団体コードの下に条例名と納付場所を書いてください",
        )
    return Wording.model_validate(found)
