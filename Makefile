# Every target is one line of `python build.py …` or of a standard tool; on Windows use those directly.
PYTHON ?= python3
ARGS ?=
BIN := .venv/bin

.DEFAULT_GOAL := help
.PHONY: help setup build check audit demo serve test bench lint format lock clean

help: ## 列出所有命令 (list the targets)
	@awk -F ':.*## ' '/^[a-z][a-z-]*:.*## / { printf "make %-8s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: ## 建立 .venv 并安装全部组件 (make .venv with everything)
	$(PYTHON) build.py setup

build: ## 校验、编译、运行审计，写入 dist/ (validate, compile, audit)
	$(PYTHON) build.py build $(ARGS)

check: ## 校验台账 (validate; files: make check ARGS="a.xlsx b.csv")
	$(PYTHON) build.py check $(ARGS)

audit: ## 运行审计，列出疑点 (print findings)
	$(PYTHON) build.py audit $(ARGS)

demo: ## 生成虚构乡镇 (a made-up township: make demo ARGS="--out DIR")
	$(PYTHON) build.py demo $(ARGS)

serve: ## 启动站点 (serve the sites)
	$(PYTHON) build.py serve $(ARGS)

test: ## 运行测试 (run the tests; in parallel: make test ARGS="-n 2")
	$(PYTHON) build.py test $(ARGS)

bench: setup ## 测速：每项审计用多少时间 (times of every audit: make bench ARGS="--persons 38200")
	$(BIN)/python -m bench $(ARGS)

lint: setup ## 检查代码风格 (ruff check and format --check)
	$(BIN)/ruff check . && $(BIN)/ruff format --check .

format: setup ## 整理代码格式 (ruff fixes and formats)
	$(BIN)/ruff check --fix . && $(BIN)/ruff format .

lock: ## 按 pyproject.toml 重写 requirements.txt，需要 uv (lock the dependencies)
	uv pip compile --quiet --universal --python-version 3.10 --fork-strategy fewest --all-extras --generate-hashes --no-header --no-emit-index-url --no-emit-find-links --annotation-style line --output-file requirements.txt pyproject.toml $(ARGS)

clean: ## 删除 dist/、.venv 和缓存 (remove everything that can be made again)
	rm -rf dist .venv .venv.lock .pytest_cache .ruff_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
