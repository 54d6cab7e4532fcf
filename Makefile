# make run   start alles lokaal            make test   alle tests
# make lint  alle controles op de code     make help   alle doelen
SHELL := /bin/bash
.DEFAULT_GOAL := help
PY := .venv/bin/python
UV := .venv/bin/uv
# The system's certificates, where it has them: an organisation's own proxy is known there and not to uv.
UV_CERTS := $(if $(wildcard /etc/ssl/certs/ca-certificates.crt),--system-certs)
PYTHON ?= python3
SJABLONEN := templates ips_subsidie/vormgeving/templates
# Two processes, each with a database of its own; PYTEST_ARGS=-n0 runs all in one, to follow a single test.
PYTEST_ARGS ?= -n 2 --dist worksteal

.PHONY: help
help: ## deze lijst
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/  make \1\t\2/' | expand -t 22

.venv/bin/uv:
	@command -v $(PYTHON) >/dev/null || { echo "Python ontbreekt: apt-get install python3 python3-venv" >&2; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 of hoger is nodig" >&2; exit 1; }
	@test -x $(PY) || $(PYTHON) -m venv .venv || { echo "python3-venv ontbreekt: apt-get install python3-venv" >&2; exit 1; }
	@.venv/bin/pip install -q --disable-pip-version-check --require-hashes -r requirements/uv.txt

# One stamp per set; dev holds all of lokaal, so after dev lokaal has nothing to do.
.venv/klaar-%: requirements/%.txt | .venv/bin/uv
	@$(UV) pip install -q $(UV_CERTS) --python $(PY) --require-hashes -r $<
	@touch $@

.PHONY: run
run: .venv/klaar-lokaal ## start alles lokaal en toon adres en logins
	@IPS_STOP_MET_OUDER=1 exec $(PY) -m ips_subsidie.lokaal

.PHONY: test
test: .venv/klaar-dev ## alle tests; zonder Chromium zonder de browsertests
	$(PY) -m pytest $(PYTEST_ARGS)

.PHONY: requirements
requirements: .venv/bin/uv ## maak requirements/*.txt opnieuw uit pyproject.toml
	$(UV) lock -q $(UV_CERTS)
	$(UV) export -q --frozen --no-emit-project --no-header --no-annotate --format requirements-txt --no-default-groups -o requirements/productie.txt
	$(UV) export -q --frozen --no-emit-project --no-header --no-annotate --format requirements-txt --no-default-groups --group lokaal -o requirements/lokaal.txt
	$(UV) export -q --frozen --no-emit-project --no-header --no-annotate --format requirements-txt --no-default-groups --group dev -o requirements/dev.txt
	grep -o '^uv==[0-9.]*' requirements/uv.txt | $(UV) pip compile -q $(UV_CERTS) --universal --generate-hashes --no-header --no-annotate - -o requirements/uv.txt
	@! grep -n '://' requirements/*.txt || { echo "Er staat een adres in requirements/" >&2; exit 1; }

# Settings of production with values that are nobody's: the check is about the settings, not about secrets.
PROEFOMGEVING = DJANGO_SETTINGS_MODULE=ips_subsidie.settings.productie \
	DJANGO_SECRET_KEY=voor-de-controle-0123456789-abcdefghijklmnopqrstuvwxyz-ABCDEFGHIJ \
	ALLOWED_HOSTS=portaal.example SITE_ADRES=https://portaal.example \
	DATABASE_URL=postgresql://app@localhost/ips REDIS_URL=redis://localhost:6379/0 \
	VELD_SLEUTELS=a:AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8= \
	VELD_INDEX_SLEUTEL=ICEiIyQlJicoKSorLC0uLzAxMjM0NTY3ODk6Ozw9Pj8= \
	EMAIL_URL=smtp://localhost:25 MAIL_AFZENDER=portaal@portaal.example \
	CONTACT_TOEGANKELIJKHEID=t@portaal.example CONTACT_PRIVACY=p@portaal.example CONTACT_BEVEILIGING=b@portaal.example
COMPOSE_PROEF = POSTGRES_WACHTWOORD=x EIGENAAR_WACHTWOORD=x APP_WACHTWOORD=x VALKEY_WACHTWOORD=x \
	DJANGO_SECRET_KEY=x ALLOWED_HOSTS=x SITE_ADRES=x VELD_SLEUTELS=x VELD_INDEX_SLEUTEL=x EMAIL_URL=x MAIL_AFZENDER=x \
	CONTACT_TOEGANKELIJKHEID=x CONTACT_PRIVACY=x CONTACT_BEVEILIGING=x

# Apart, so that `make -k lint` shows all there is to mend.
LINT := lint-stijl lint-types lint-verdiepingen lint-sjablonen lint-django lint-uitrol
.PHONY: lint $(LINT)
lint: $(LINT) ## alle controles op de code

lint-stijl: .venv/klaar-dev ## stijl, veiligheid, complexiteit, opmaak
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .

lint-types: .venv/klaar-dev ## types, ook die van Django
	.venv/bin/mypy

lint-verdiepingen: .venv/klaar-dev ## wie mag wie importeren
	.venv/bin/lint-imports

lint-sjablonen: .venv/klaar-dev ## opmaak en fouten van de sjablonen
	.venv/bin/djlint --check $(SJABLONEN)
	.venv/bin/djlint --lint $(SJABLONEN)
	$(PY) -m ips_subsidie.vormgeving.bouw --controle

lint-django: .venv/klaar-dev ## ontbrekende migraties, instellingen van productie
	$(PY) -m ips_subsidie.lokaal.met_diensten $(PY) manage.py makemigrations --check --dry-run
	$(PROEFOMGEVING) $(PY) manage.py check --deploy --fail-level WARNING

lint-uitrol: .venv/klaar-dev ## Dockerfile en compose
	$(COMPOSE_PROEF) .venv/bin/docker-compose --file docker-compose.yml config --quiet
	.venv/bin/hadolint --failure-threshold warning Dockerfile

.PHONY: sbom licenties audit
sbom licenties: .venv/klaar-dev ## schrijf docs/sbom.json of docs/licenties.md uit requirements/
	$(PY) deploy/toelevering.py $@

audit: .venv/klaar-dev ## zoek bekende kwetsbaarheden; heeft een verbinding met OSV nodig
	$(PY) deploy/toelevering.py audit

.PHONY: opmaak
opmaak: .venv/klaar-dev ## zet code en sjablonen in de vaste opmaak
	.venv/bin/ruff check --fix --quiet . || true
	.venv/bin/ruff format --quiet .
	.venv/bin/djlint --quiet --reformat $(SJABLONEN) || true

.PHONY: prestaties
prestaties: .venv/klaar-dev ## metingen, alleen op verzoek
	$(PY) -m pytest -n0 -s tests/prestaties tests/prestaties/toekennen.py tests/prestaties/herinneringen.py

.PHONY: css
css: .venv/klaar-lokaal ## bouw static/css opnieuw uit de delen
	$(PY) -m ips_subsidie.vormgeving.bouw
