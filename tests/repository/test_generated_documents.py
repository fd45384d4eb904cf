"""The generated documents are what their sources say today, and name everything that exists."""

import pytest
import yaml

from pipelines.cli import reference
from pipelines.exchange import contract_document
from pipelines.ledger import dictionary
from pipelines.paths import SQL
from tests.repository import law_coverage

HINT = "stale: run `make docs`"
COMMANDS = dict(reference.commands())


def test_the_data_dictionary_is_today_s() -> None:
    assert dictionary.DICTIONARY.read_text(encoding="utf-8") == dictionary.dictionary(), HINT


def test_the_glossary_is_today_s() -> None:
    assert dictionary.GLOSSARY.read_text(encoding="utf-8") == dictionary.glossary(), HINT


def test_the_law_coverage_is_today_s() -> None:
    assert law_coverage.COVERAGE.read_text(encoding="utf-8") == law_coverage.coverage(), HINT


def test_the_command_reference_is_today_s() -> None:
    assert reference.REFERENCE.read_text(encoding="utf-8") == reference.reference(), HINT


def test_the_catalogue_of_contracts_is_today_s() -> None:
    assert contract_document.DOCUMENT.read_text(encoding="utf-8") == contract_document.document(), HINT


@pytest.mark.parametrize("path", COMMANDS)
def test_every_command_says_what_it_does_with_an_example_of_itself(path: str) -> None:
    assert f"例: {path}" in (COMMANDS[path].help or "")


@pytest.mark.parametrize("path", COMMANDS)
def test_every_argument_and_option_is_explained(path: str) -> None:
    unexplained = [parameter.name for parameter in COMMANDS[path].params if not parameter.help]
    assert unexplained == []


def test_no_term_describes_a_table_or_column_that_is_gone() -> None:
    terms = yaml.safe_load((SQL / "ledger" / "terms.yaml").read_text(encoding="utf-8"))
    tables = dictionary.tables()
    columns = {column for table in tables.values() for column, _, _ in table}
    columns |= {f"{table}.{column}" for table, found in tables.items() for column, _, _ in found}
    assert set(terms["tables"]) - set(tables) == set()
    assert set(terms["columns"]) - columns == set()


def test_every_key_is_made_of_columns_that_cannot_be_unknown() -> None:
    keys = yaml.safe_load((SQL / "ledger" / "keys.yaml").read_text(encoding="utf-8"))
    known = {table: {name for name, _, empty in columns if not empty} for table, columns in dictionary.tables().items()}
    assert set(known) - set(keys["keys"]) == {"ledger_format"}
    assert {table: columns for table, columns in keys["keys"].items() if not set(columns) <= known[table]} == {}
    assert set(keys["operations"]) <= set(known)
