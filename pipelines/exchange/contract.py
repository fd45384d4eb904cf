"""Contracts: everything that may leave, to whom, why, whose data, which columns. No contract, no file."""

from datetime import date
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from typing import Any, Literal

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError, model_validator

from pipelines.errors import ConfigurationError
from pipelines.paths import SCHEMAS
from pipelines.yaml_file import load_yaml

CONTRACTS = SCHEMAS / "extracts"
COLUMN_SETS = CONTRACTS / "columns"
EACH_PERSON = "each_person"
EACH_RECIPIENT = "each_recipient"
# Media that leave our hands (design: never a clear file to media); what goes by a route of 庁内連携 stays in the house.
MEDIA = ("電子記録媒体", "専用線", "LGWAN")


class Part(BaseModel):
    """A part of a contract: frozen, and nothing unknown may stand in it."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


class LegalBasis(Part):
    """A law's article under which the data leave, and since when (until when)."""

    law: str
    article: str
    since: date
    until: date | None = None

    def in_force(self, day: date) -> bool:
        """Whether the article is in force on `day`."""
        return self.since <= day and (self.until is None or day <= self.until)


class Population(Part):
    """Whose data: the name of the query that says it, and 対象となる本人の範囲 in words.

    `membership`: for `query: members`, the code of the recipient's list; `roles`: of the list only these, all when empty.
    """

    query: str
    description: str
    membership: str | None = None
    roles: tuple[str, ...] = ()


class Column(Part):
    """A column that may leave. `codes`: what its values mean. Types `number` (an individual number) and `person_key`
    (a person's own key) are filled when the file leaves, see `filling`."""

    name: str
    ja: str
    type: Literal["text", "yen", "count", "date", "code", "number", "person_key"]
    description: str
    codes: dict[str, str] | None = None


class Contract(Part):
    """One (recipient, purpose). `encryption`: `none`, the name of the recipient's age key, EACH_PERSON: every document of
    an archive under its own person's key, or EACH_RECIPIENT: every file under the key that its payload names.

    `carries`: a release says everything anew, or only what the recipient was not sent before. `ways`: by file, by look-up of
    one person, or both. `cut`: with which cut a city's own contract is made; `document`: the row of the document that has it; `route`: the department's
    folder of 庁内連携.
    """

    id: str
    title_ja: str
    recipient: str
    purpose: str
    layout: Literal["official", "interim"]
    legal_basis: tuple[LegalBasis, ...]
    agreement_no: str | None
    population: Population
    columns: tuple[Column, ...]
    format: Literal["csv", "parquet", "csv+parquet", "pdf", "zip", "fixed"]
    encoding: str
    line_end: Literal["CRLF", "LF", "none"]
    medium: str
    cadence: str
    carries: Literal["everything", "changes"] = "everything"
    ways: tuple[Literal["file", "look_up"], ...] = ("file",)
    cut: Literal["ordinary", "transfers"] | None = None
    document: str | None = None
    route: str | None = None
    identifier: Literal["taxpayer_no", "unified_no", "number", "none"]
    encryption: str
    approvals: Literal[2]
    retention_years: int

    def column_names(self) -> list[str]:
        """The columns that may leave, in order."""
        return [column.name for column in self.columns]

    @property
    def filled_columns(self) -> dict[str, str]:
        """Column → type of those that are filled only when the file leaves."""
        return {column.name: column.type for column in self.columns if column.type in ("number", "person_key")}

    @model_validator(mode="after")
    def _secrets_leave_sealed(self) -> "Contract":
        if (self.identifier == "number") != ("number" in self.filled_columns.values()):
            raise ValueError("identifier: number と、type: number の列は、揃っていなければならない")
        sealed = self.encryption not in ("none", EACH_PERSON, EACH_RECIPIENT) and (self.format, self.line_end) == (
            "csv",
            "LF",
        )
        if self.filled_columns and not sealed:
            raise ValueError("個人番号と本人の鍵は、受領者の鍵で暗号化する CSV（LF）だけに載せられる")
        if (self.encryption == EACH_PERSON) != (self.format == "zip"):
            raise ValueError("encryption: each_person と format: zip は、揃っていなければならない")
        return self

    @model_validator(mode="after")
    def _identified(self) -> "Contract":
        if self.identifier == "unified_no" and "unified_no" not in self.column_names():
            raise ValueError("identifier: unified_no の契約には、unified_no の列がなければならない")
        return self

    @model_validator(mode="after")
    def _media_are_sealed(self) -> "Contract":
        by_medium = "file" in self.ways and self.route is None and any(one in self.medium for one in MEDIA)
        if by_medium and self.identifier != "none" and self.encryption == "none":
            raise ValueError("電子記録媒体・専用線・LGWAN で渡す本人の情報は、受領者の鍵で暗号化しなければならない")
        return self

    def terms(self) -> dict[str, object]:
        """What people agree to when they approve, beside the bytes: to whom it goes, on what basis, how protected."""
        kept = {
            "id",
            "recipient",
            "purpose",
            "legal_basis",
            "agreement_no",
            "medium",
            "identifier",
            "encryption",
            "route",
        }
        return self.model_dump(mode="json", include=kept)

    def require_basis(self, day: date) -> None:
        """Raise ConfigurationError when none of the articles under which the data leave is in force on `day`."""
        if not any(basis.in_force(day) for basis in self.legal_basis):
            raise ConfigurationError(
                "契約の根拠となる規定が、この日には効力がありません",
                item=self.id,
                found=f"{day.isoformat()} に効力のある根拠がない",
                expected="効力のある根拠規定が一つ以上",
                action="根拠規定と協議書を確かめ、契約を改めてください。それまで何も出ません",
            )


@cache
def city_contracts(city_code: str, folder: Path = CONTRACTS) -> tuple[Contract, ...]:
    """The contracts of one municipality alone, `schemas/extracts/<code>-<name>/*.yaml`, by id."""
    return tuple(load_contract(path.stem, folder, city_code) for path in sorted(folder.glob(f"{city_code}-*/*.yaml")))


@cache
def load_contract(contract_id: str, folder: Path = CONTRACTS, city_code: str | None = None) -> Contract:
    """The contract `schemas/extracts/<id>.yaml`, or the municipality's own in its folder there.

    `column_sets` name files of `schemas/extracts/columns`: their columns come first, each once. Raises ConfigurationError when there is
    no such contract or it is malformed.
    """
    own = sorted(folder.glob(f"{city_code}-*/{contract_id}.yaml")) if city_code else []
    path = own[0] if own else folder / f"{contract_id}.yaml"
    if not path.is_file():
        raise ConfigurationError(
            "契約がないので、何も出せません",
            item=contract_id,
            expected=f"schemas/extracts/{contract_id}.yaml",
            action="契約を先に登録してください",
        )
    try:
        contract = Contract.model_validate(_with_column_sets(load_yaml(path)))
    except (ValidationError, yaml.YAMLError) as error:
        raise _malformed(path, error) from None
    if contract.id != path.stem:
        raise ConfigurationError(
            "契約の番号とファイル名が違います", file=path.name, found=contract.id, action="どちらかを直してください"
        )
    return contract


def _with_column_sets(content: Any) -> Any:
    if not isinstance(content, dict) or "column_sets" not in content:
        return content
    columns = {column["name"]: column for name in content["column_sets"] for column in _column_set(name)}
    rest = {key: value for key, value in content.items() if key != "column_sets"}
    return rest | {"columns": [*columns.values(), *content.get("columns", ())]}


@cache
def _column_set(name: str) -> list[dict[str, object]]:
    path = COLUMN_SETS / f"{name}.yaml"
    if not path.is_file():
        raise ConfigurationError(
            "契約の列の組がありません",
            item=name,
            expected="、".join(sorted(file.stem for file in COLUMN_SETS.glob("*.yaml"))),
            action="契約の column_sets を直してください",
        )
    columns: list[dict[str, object]] = load_yaml(path)["columns"]
    return columns


def _malformed(path: Path, error: ValidationError | yaml.YAMLError) -> ConfigurationError:
    item = found = None
    if isinstance(error, ValidationError):
        first = error.errors()[0]
        item = ".".join(str(part) for part in first["loc"])
        near = get_close_matches(item.rpartition(".")[2], [*Contract.model_fields, *Column.model_fields], 1)
        found = first["msg"] + (f"（`{near[0]}` のことですか）" if first["type"] == "extra_forbidden" and near else "")
    return ConfigurationError(
        "契約の書き方が正しくありません",
        file=path.name,
        item=item,
        found=found,
        expected="schemas/extracts のほかの契約と同じ項目の YAML",
        action="契約ファイルを直してください。直るまで何も出ません",
    )
