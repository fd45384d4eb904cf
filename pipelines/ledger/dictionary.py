"""The data dictionary and the glossary, written from the ledger's tables and sql/ledger/terms.yaml.

`python -m pipelines.ledger.dictionary` writes docs/data-dictionary.md and docs/glossary.md; a test refuses stale ones.
"""

import re
from typing import Any

import duckdb

from pipelines.ledger.catalogue import Catalogue, catalogue
from pipelines.ledger.migrations import migrate
from pipelines.paths import ROOT, SQL
from pipelines.yaml_file import load_yaml

DICTIONARY = ROOT / "docs" / "data-dictionary.md"
GLOSSARY = ROOT / "docs" / "glossary.md"

Column = tuple[str, str, bool]

_GENERATED = "<!-- `make docs` がこのファイルを作る。直すときは sql/ledger/terms.yaml を直す。 -->"
_LAWS = (
    "条文の略称: 法 地方税法、附 同法附則、令 同法施行令、則 同法施行規則、所法 所得税法、措法 租税特別措置法、"
    "森法 森林環境税及び森林環境譲与税に関する法律、"
    "番号法 行政手続における特定の個人を識別するための番号の利用等に関する法律。"
    "「項目n」は給与支払報告書レコード(統一CSV、令和7年分)の項目番号。"
)


def tables() -> dict[str, list[Column]]:
    """Every table of the newest ledger format: its columns as (name, type, whether it may be NULL), in order."""
    with duckdb.connect() as con:
        con.execute("ATTACH ':memory:' AS ledger; USE ledger")
        migrate(con)
        rows = con.execute(
            "SELECT table_name, column_name, data_type, is_nullable FROM duckdb_columns() "
            "WHERE database_name = 'ledger' AND NOT internal ORDER BY table_oid, column_index"
        ).fetchall()
    found: dict[str, list[Column]] = {}
    for table, column, kind, nullable in rows:
        found.setdefault(table, []).append((column, kind, nullable))
    return found


def dictionary() -> str:
    """The data dictionary in Markdown: a section a table, in the order of the business."""
    names = catalogue()
    lines = ["# データ辞書", "", _GENERATED, "", "台帳(1市区町村に1つのDuckDBファイル)のすべての表と列。", "", _LAWS]
    for table, columns in tables().items():
        lines += ["", *_table(names, table, columns)]
    return "\n".join(lines) + "\n"


def glossary() -> str:
    """The glossary in Markdown: identifier, Japanese standard term, article, in alphabetical order."""
    names = catalogue()
    entries = {(table, term["ja"], term.get("article", "")) for table, term in names.tables.items()}
    for table, columns in tables().items():
        terms = ((column, _term(names, table, column)) for column, _, _ in columns)
        entries |= {(column, term["ja"], term.get("article", "")) for column, term in terms}
    words: dict[str, dict[str, Any]] = load_yaml(SQL / "ledger" / "terms.yaml")["words"]
    entries |= {(word, term["ja"], term.get("article", "")) for word, term in words.items()}
    rows = [f"| `{name}` | {ja} | {article} |" for name, ja, article in sorted(entries)]
    head = [
        "# 用語集",
        "",
        _GENERATED,
        "",
        "プログラム・SQL・YAML・文書で使う英語の識別子と、業務の用語。",
        "",
        _LAWS,
        "",
    ]
    return "\n".join([*head, "| 識別子 | 用語 | 条文 |", "| --- | --- | --- |", *rows]) + "\n"


def _table(names: Catalogue, table: str, columns: list[Column]) -> list[str]:
    term = names.tables[table]
    article = f" 条文: {term['article']}。" if "article" in term else ""
    key = "、".join(f"`{column}`" for column in names.keys.get(table, []))
    unique = f"鍵: {key}。" if key else ""
    lines = [
        f"## `{table}` {term['ja']}",
        "",
        f"{term['description']}。{article} 業務段階: `{term['stage']}`。{unique}",
        "",
    ]
    lines += ["| 列 | 用語 | 型 | 空 | 条文 | 内容 |", "| --- | --- | --- | --- | --- | --- |"]
    for column, kind, nullable in columns:
        entry = _term(names, table, column)
        empty = "可" if nullable else ""
        cells = (f"`{column}`", entry["ja"], kind, empty, entry.get("article", ""), entry["description"])
        lines.append("| " + " | ".join(re.sub(r"\|", "／", cell) for cell in cells) + " |")
    return lines


def _term(names: Catalogue, table: str, column: str) -> dict[str, str]:
    return names.columns.get(f"{table}.{column}") or names.columns[column]


if __name__ == "__main__":
    DICTIONARY.write_text(dictionary(), encoding="utf-8")
    GLOSSARY.write_text(glossary(), encoding="utf-8")
