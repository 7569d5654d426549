# One word a chore; each needs only Python 3.12 or newer as `python3`.

.PHONY: check test slow lint docs pictures mutants benchmarks lock

check: lint test

test: .venv
	.venv/bin/python -m pytest

slow: .venv
	.venv/bin/python -m pytest -m slow

lint: .venv
	.venv/bin/ruff check
	.venv/bin/ruff format --check
	.venv/bin/mypy
	.venv/bin/lint-imports --no-logo

# Renews the tables of docs/, then runs every example of the docs and the notebooks.
docs: .venv
	.venv/bin/python -m sim.views.documents
	.venv/bin/python -m pytest --nbmake tests/views/test_documents.py $(wildcard notebooks)

# Puts small faults into the rules and the books, and says which of them no test noticed; about an
# hour. What is left, and why, is in docs/mutation.md.
mutants: .venv
	.venv/bin/pip install -q -e '.[mutation]'
	NUMBA_DISABLE_JIT=1 .venv/bin/mutmut run
	.venv/bin/mutmut results

# Draws the pictures of the README and of docs/ anew (minutes): from the same versions, the same bytes.
pictures: .venv
	.venv/bin/python -m sim.views.pictures

# Times the market against its peers (about ten minutes).
benchmarks: .venv
	.venv/bin/python -m benchmarks --picture docs/pictures/speed.png

# Pins every package anew; needs uv. No index address goes into a lock.
lock:
	uv pip compile pyproject.toml --upgrade \
	  --universal --no-annotate --no-header --no-emit-index-url -o requirements.lock
	uv pip compile pyproject.toml --upgrade --extra test --constraint requirements.lock \
	  --universal --no-annotate --no-header --no-emit-index-url -o requirements-test.lock

.venv: requirements-test.lock pyproject.toml
	python3 -m venv .venv
	.venv/bin/pip install -r requirements-test.lock -e '.[test]'
	touch .venv
