"""The catalogue of contracts, written from schemas/extracts: everything that may leave, to whom, why, whose data, which columns.

`python -m pipelines.exchange.contract_document` writes docs/contracts.md; a test refuses a stale one.
"""

from typing import Any

import yaml

from pipelines.exchange.contract import COLUMN_SETS, CONTRACTS, Column, Contract, city_contracts, load_contract
from pipelines.paths import ROOT
from pipelines.yaml_file import load_yaml

DOCUMENT = ROOT / "docs" / "contracts.md"
NETWORK = CONTRACTS / "network" / "recipients.yaml"
_GENERATED = "<!-- `make docs` がこのファイルを作る。直すときは schemas/extracts の契約を直す。 -->"
_WAYS = {"file": "ファイル", "look_up": "照会"}
_CUTS = {"ordinary": "ordinary・transfers", "transfers": "transfers", None: "—"}
_IDENTIFIERS = {"taxpayer_no": "宛名番号", "unified_no": "統合宛名番号", "number": "個人番号", "none": "なし"}
_HEAD = (
    "| 契約 | 提供先 | 目的 | 根拠 | 対象となる本人 | 列 | 識別 | 方法・媒体 | 時期 | 締め |",
    "| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |",
)


def document() -> str:
    """The catalogue in Markdown: what every municipality sends, then each city's own, the sets of columns, the network's rows."""
    lines = [
        "# 契約の一覧",
        "",
        _GENERATED,
        "",
        "何も、ここにある契約なしには出ない。契約にない列、対象でない人の行は出せない。どれも違う職員2人の決裁が要る。",
        "「照会」は一人ずつの照会(`juminzei request`)、「締め」は作る `--cut` の名前。",
        "",
        "## どの市区町村も",
        "",
        *_HEAD,
        *(_row(load_contract(path.stem), {}) for path in sorted(CONTRACTS.glob("*.yaml"))),
    ]
    for folder in sorted(path for path in CONTRACTS.iterdir() if path.name[:6].isdigit()):
        sets = {path.stem: load_yaml(path) for path in sorted(folder.glob("*.yaml"))}
        lines += ["", f"## {_city_name(folder.name)}", "", *_HEAD]
        lines += [_row(contract, sets[contract.id]) for contract in city_contracts(folder.name[:6])]
    lines += ["", "## 列の組"]
    for path in sorted(COLUMN_SETS.glob("*.yaml")):
        text = path.read_text(encoding="utf-8")
        columns = [Column.model_validate(column) for column in yaml.safe_load(text)["columns"]]
        lines += ["", f"### `{path.stem}`", "", text.splitlines()[0].removeprefix("# "), ""]
        lines += ["| 列 | 名称 | 内容 |", "| --- | --- | --- |", *map(_column, columns)]
    lines += ["", "## 中間サーバーの副本の項目"]
    for path in sorted(NETWORK.parent.glob("copy_*.yaml")):
        edition = load_yaml(path)
        lines += ["", f"### {edition['title']}", "", "| 項目 | 名称 | 列 |", "| --- | --- | --- |"]
        lines += [f"| {one['item']} | {one['ja']} | {_place(one)} |" for one in edition["items"]]
    network = load_yaml(NETWORK)["rows"]
    lines += [
        "",
        "## 情報提供ネットワークシステム(主務省令第2条の表)",
        "",
        "| 項 | 情報照会者 | 事務 |",
        "| --- | --- | --- |",
    ]
    lines += [f"| {row['item']} | {row['recipient']} | {row['purpose']} |" for row in network]
    return "\n".join(lines) + "\n"


def _row(contract: Contract, content: dict[str, Any]) -> str:
    basis = "、".join(f"{one.law}{one.article}" for one in contract.legal_basis)
    columns = "・".join(f"`{name}`" for name in content.get("column_sets", ())) or f"{len(contract.columns)}列"
    ways = "・".join(_WAYS[way] for way in contract.ways)
    purpose = contract.purpose + (f"（{contract.document}）" if contract.document else "")
    cells = (
        f"`{contract.id}`",
        contract.recipient,
        purpose,
        basis,
        contract.population.description,
        columns,
        _IDENTIFIERS[contract.identifier],
        f"{ways}: {contract.medium}" + (f"（経路 `{contract.route}`）" if contract.route else ""),
        contract.cadence,
        _CUTS[contract.cut],
    )
    return f"| {' | '.join(cells)} |"


def _column(column: Column) -> str:
    codes = "。" + "・".join(f"{code} {text}" for code, text in column.codes.items()) if column.codes else ""
    return f"| `{column.name}` | {column.ja} | {column.description}{codes} |"


def _place(item: dict[str, Any]) -> str:
    return f"`{item['column']}`" if "column" in item else f"出さない（{item['missing']}）"


def _city_name(folder: str) -> str:
    """What the municipality is called in its profile, whose file is named as the folder is."""
    profile = CONTRACTS.parent / "cities" / f"{folder}.yaml"
    return str(load_yaml(profile)["name"])


if __name__ == "__main__":
    DOCUMENT.write_text(document(), encoding="utf-8")
