"""Read YAML into a pydantic model; an unknown key is an error that names the nearest known one."""

import difflib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar, get_args

import yaml
from pydantic import BaseModel, ValidationError

from pipelines.errors import ConfigurationError, DataError
from pipelines.yaml_file import load_yaml

Model = TypeVar("Model", bound=BaseModel)
_KINDS = {
    "missing": ("必要な項目がありません。", None),
    "int_type": ("整数ではありません。", "0 以上の整数（桁区切りや引用符なし）"),
    "bool_type": ("真偽ではありません。", "true か false"),
    "string_type": ("文字列ではありません。", "文字列"),
    "date_type": ("日付ではありません。", "暦にある日付（YYYY-MM-DD、引用符なし）"),
    "literal_error": ("決まった言葉ではありません。", "{expected}"),
    "too_long": ("数が多すぎます。", "{max_length} 以下"),
    "greater_than_equal": ("小さすぎます。", "{ge} 以上"),
    "less_than_equal": ("大きすぎます。", "{le} 以下"),
}
_SHAPES = {
    "str": "文字",
    "float": "小数",
    "bool": "真偽",
    "NoneType": "空",
    "int": "整数",
    "list": "並び",
    "dict": "項目",
}


def read_yaml(path: Path) -> object:
    """The document in the file; `ConfigurationError` when it cannot be read as YAML."""
    try:
        return load_yaml(path)
    except ValueError as problem:
        found = "UTF-8 でない文字" if isinstance(problem, UnicodeDecodeError) else "暦にない日付"
        action = "その値を直してください。"
        raise ConfigurationError("読めない値があります。", file=path.name, found=found, action=action) from None
    except yaml.YAMLError as problem:
        mark = getattr(problem, "problem_mark", None)
        line = f"{mark.line + 1}行目" if mark is not None else None
        raise ConfigurationError(
            "YAML として読めません。", file=path.name, item=line, action="書式を直してから、もう一度実行してください。"
        ) from None


def validate(
    model: type[Model], document: object, *, file: str, error: type[ConfigurationError] | type[DataError]
) -> Model:
    """The document as `model`; raises `error` for the first thing that is wrong, with where and what to do."""
    if not isinstance(document, Mapping):
        raise error("YAML の最上位が項目の並びではありません。", file=file, action="「項目: 値」の形に直してください。")
    try:
        return model.model_validate(document)
    except ValidationError as problems:
        raise _told(model, problems, file, error) from None


def nearest(name: str, known: Sequence[str]) -> str | None:
    """The known name most like `name`, or None when none is near."""
    found = difflib.get_close_matches(name, known, n=1, cutoff=0.5)
    return found[0] if found else None


def _told(
    model: type[BaseModel], problems: ValidationError, file: str, error: type[ConfigurationError] | type[DataError]
) -> ConfigurationError | DataError:
    details = problems.errors()
    first = next((one for one in details if one["type"] == "extra_forbidden"), details[0])
    where = [part for part in first["loc"] if isinstance(part, int | str)]
    item = ".".join(str(part) for part in where)
    if first["type"] != "extra_forbidden":
        what, expected = _KINDS.get(first["type"], (str(first["msg"]).removeprefix("Value error, "), None))
        missing = first["type"] == "missing"
        return error(
            what,
            file=file,
            item=item or None,
            found=None if missing else _SHAPES.get(type(first["input"]).__name__),
            expected=expected and _plain(expected.format(**first.get("ctx", {}))),
            action="その項目を書き加えてください。" if missing else "その項目を直してください。",
        )
    known = _keys(model, where[:-1])
    guess = nearest(str(where[-1]), known)
    return error(
        "知らない項目です。",
        file=file,
        item=item,
        expected=f"{guess}（最も近い項目）" if guess else "、".join(known),
        action="項目の名前を直すか、消してください。",
    )


def _plain(words: str) -> str:
    """pydantic's "'a', 'b' or 'c'" as a・b・c."""
    return words.replace("'", "").replace(", ", "・").replace(" or ", "・")


def _keys(model: type[BaseModel], where: Sequence[int | str]) -> list[str]:
    """The names that the model at this place knows."""
    current: Any = model
    for part in where:
        if isinstance(current, type) and issubclass(current, BaseModel) and part in current.model_fields:
            current = current.model_fields[str(part)].annotation
        current = _model_inside(current)
    return list(current.model_fields) if isinstance(current, type) and issubclass(current, BaseModel) else []


def _model_inside(annotation: Any) -> Any:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    for inner in get_args(annotation):
        found = _model_inside(inner)
        if found is not None:
            return found
    return None
