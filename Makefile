# One word a task. Needs a Python 3.11 to 3.13, make and a package index; no root, no account.

BIN   := .venv/bin
STAMP := .venv/.installed
SEEDS ?= 20
export PYTHON

# Without compiled modules every process that imports Airflow or Great Expectations starts seconds later.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help setup demo up test prove check bench simulate docs lock clean

help: ## この一覧を表示する / show this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: $(STAMP) ## 環境を作る(.venv、ロックファイルから) / make .venv from the lock file

$(STAMP): requirements.lock pyproject.toml
	@$(BIN)/python -c 'import pip' 2>/dev/null || { python=$$(./.ci/find-python) && "$$python" -m venv --clear .venv; }
	@echo "ロックファイルから環境を作っています(1〜2分)… / installing from the lock file (one or two minutes)…"
	$(BIN)/python -m pip install --quiet --quiet --require-hashes --no-deps --compile -r requirements.lock
	$(BIN)/python -m pip install --quiet --quiet --no-deps --no-build-isolation -e .
	@touch $@

demo: $(STAMP) ## 小さな町を作り、本物の Airflow で最初から最後まで動かす / a small town, end to end, under real Airflow
	$(BIN)/juminzei demo

up: $(STAMP) ## Airflow を画面付きで起動する / start Airflow with its pages
	$(BIN)/juminzei up

# One of the four workers mostly waits for Airflow, the others now and then for the disk.
test: $(STAMP) ## すべてのテスト(網羅する証明を除く) / every test but the exhaustive proofs
	$(BIN)/python -m pytest -n 4 --dist loadgroup --no-loadscope-reorder -m "not exhaustive"

prove: $(STAMP) ## 網羅する証明: 6年度×2万人の一致、全パラメータ、全ての変異 / the exhaustive proofs: agreement, parameters, mutants
	$(BIN)/python -m pytest -n 2 -m exhaustive

check: $(STAMP) ## 静的検査と、変更した業務段階のテスト(90秒以内) / lint, types, contracts, tests of the changed stages
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo
	$(BIN)/python -m tests.repository.sql_lint
	$(BIN)/python -m pytest -n 2 --dist loadgroup -m "not exhaustive" $$($(BIN)/python -m tests.repository.changed)

bench: $(STAMP) ## 性能を測る / measure the figures of benchmarks/README.md
	$(BIN)/python -m benchmarks

simulate: $(STAMP) ## 乱数の種ごとに一年度を模擬し、不変条件を確かめる(SEEDS=20) / seeded seasons with crashes, invariants after each working day
	$(BIN)/juminzei simulate --seeds $(SEEDS)

docs: $(STAMP) ## 生成文書(データ辞書・用語集・コマンド一覧・契約の一覧・条文の対応)を作り直す / regenerate the generated documents
	$(BIN)/python -m pipelines.ledger.dictionary
	$(BIN)/python -m pipelines.cli.reference
	$(BIN)/python -m pipelines.exchange.contract_document
	$(BIN)/python -m tests.repository.law_coverage

lock: ## 依存関係を解決し直す(uv が要る) / resolve the dependencies again (needs uv)
	uv pip compile pyproject.toml --group dev --universal --python-version 3.11 --generate-hashes \
	    --no-emit-index-url --no-header --quiet -o requirements.lock

clean: ## .venv と作業用キャッシュを消す(データと鍵のある var/ は残す) / remove .venv and caches; var/ (data, keys) stays
	rm -rf .venv .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis
	find dags pipelines tests benchmarks -name __pycache__ -type d -prune -exec rm -rf {} +
