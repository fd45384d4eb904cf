"""Whether the profile lets this stage put individual numbers into what leaves."""

from typing import TYPE_CHECKING

from pipelines.errors import ConfigurationError

if TYPE_CHECKING:
    from pipelines.city import City


def require_allowed(city: "City", action: str) -> None:
    """Raise ConfigurationError, with what to do (`action`), when the profile keeps individual numbers from this stage."""
    if "extracts" not in city.security.stages_that_see_numbers:
        raise ConfigurationError(
            "団体の設定では、提供の工程は個人番号を扱えません",
            file=f"schemas/cities/{city.code}-*.yaml",
            item="security.stages_that_see_numbers",
            expected="extracts を含む",
            action=action,
        )
