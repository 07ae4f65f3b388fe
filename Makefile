# make demo    compose the newest sample issue and send it through an embedded SMTP server
# make test    the whole test suite
# make check   ruff, mypy --strict, import-linter
# make bench   the measurements of bench/
# make crash   mailings that are killed, cut off and resumed, at length
# Every target makes .venv from the hash-locked requirements when it is missing or out of date.

PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
READY  := $(VENV)/.ready

.PHONY: demo test check bench crash refresh lock clean

demo: $(READY)
	$(BIN)/python send.py --sandbox --yes

# Three files of tests at once: most of their time they wait for a server.
test: $(READY)
	$(BIN)/python -m pytest --numprocesses 3 --dist loadfile

check: $(READY)
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: $(READY)
	$(BIN)/python bench/compose.py
	$(BIN)/python bench/checks.py
	$(BIN)/python bench/send.py

crash: $(READY)
	COMPOSER_CRASHES=200 $(BIN)/python -m pytest tests/survival

# Rewrites what is generated: golden files and JSON Schemas. Read the diff.
refresh: $(READY)
	$(BIN)/python -m pytest --refresh

# Resolves the newest versions inside the ranges of pyproject.toml. Needs uv.
lock:
	uv pip compile pyproject.toml --extra dev --universal --python-version 3.11 --generate-hashes \
	  --no-emit-index-url --no-header --upgrade --quiet --output-file requirements.lock

clean:
	rm -rf $(VENV) out build dist .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis

$(READY): requirements.lock pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	$(BIN)/python -m compileall -q composer
	touch $@
