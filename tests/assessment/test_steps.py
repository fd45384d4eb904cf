"""Every step names its article and every figure that it adds, in Japanese; the steps read only what came before."""

import duckdb
import pytest

from pipelines.assessment.chain import CHAINS, compute, install
from pipelines.assessment.figures import KEPT
from pipelines.assessment.kinds import KIND_CHAINS
from pipelines.assessment.labels import labels
from pipelines.assessment.person import PERSON, create_table_sql
from pipelines.assessment.step import Step, read_step, steps
from pipelines.parameters import Municipality, load_parameters
from pipelines.paths import SQL

STEPS = [step for chain in CHAINS for step in steps(chain)]


@pytest.mark.parametrize("step", STEPS, ids=[f"{step.chain}/{step.name}" for step in STEPS])
def test_a_step_has_a_title_an_article_and_a_source(step: Step) -> None:
    assert step.title
    assert "法" in step.article or "条約" in step.article
    assert step.select.count("FROM previous") == 1


def test_every_kept_figure_has_a_japanese_name() -> None:
    assert [name for name in KEPT if name not in labels()] == []


def test_every_column_that_a_step_adds_has_a_japanese_name() -> None:
    with duckdb.connect() as con:
        con.execute(create_table_sql("nobody", PERSON))
        install(con, load_parameters(2026, Municipality()))
        select = compute(con, "FROM nobody")
        columns = [row[0] for row in con.execute(f"DESCRIBE {select}").fetchall()]
    assert [name for name in columns if name not in labels() and name not in PERSON] == []
    assert len(columns) == len(set(columns))


def test_every_parameter_named_in_a_step_exists() -> None:
    known = load_parameters(2026, Municipality()).values
    kinds = [step for chain in KIND_CHAINS for step in steps(chain)]
    named = {name for step in [*STEPS, *kinds] for name in step.parameters} - {"fiscal_year"}
    assert named <= set(known)
    standards = {name for name in known if name.startswith("standard_")}
    assert set(known) - named == standards


def test_a_file_without_article_is_refused() -> None:
    with pytest.raises(ValueError, match=r"010_divide\.sql: 見出しと条文がありません。"):
        read_step(SQL / "assessment" / "macros" / "010_divide.sql")
