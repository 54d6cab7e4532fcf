# One image for web, worker, beat and the migrate job, and one more for backups; docker-compose.yml says which is which.
FROM python:3.11-slim-bookworm AS bouw
WORKDIR /bouw
COPY requirements/uv.txt requirements/productie.txt ./
RUN python -m venv /venv \
    && python -m pip install --no-cache-dir --require-hashes -r uv.txt \
    && uv pip install --no-cache --python /venv/bin/python --require-hashes -r productie.txt

FROM python:3.11-slim-bookworm AS portaal
ENV PATH=/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    DJANGO_SETTINGS_MODULE=ips_subsidie.settings.productie
RUN groupadd --system --gid 10001 ips && useradd --system --uid 10001 --gid ips --no-create-home ips
COPY --from=bouw /venv /venv
WORKDIR /app
COPY . .
# Production refuses to start without its settings; these are for collecting the static files only.
RUN sleutel() { python -c 'import base64, os; print(base64.b64encode(os.urandom(32)).decode())'; }; \
    DJANGO_SECRET_KEY="$(sleutel)$(sleutel)" ALLOWED_HOSTS=bouw.example SITE_ADRES=https://bouw.example \
    EMAIL_URL=dummymail:// MAIL_AFZENDER=bouw@bouw.example REDIS_URL=redis://localhost/0 \
    CONTACT_TOEGANKELIJKHEID=bouw@bouw.example CONTACT_PRIVACY=bouw@bouw.example CONTACT_BEVEILIGING=bouw@bouw.example \
    DATABASE_URL=postgresql://bouw@localhost/bouw VELD_SLEUTELS="a:$(sleutel)" VELD_INDEX_SLEUTEL="$(sleutel)" \
    python manage.py collectstatic --noinput --verbosity 0
USER 10001:10001
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s CMD ["python", "deploy/gezond.py"]
CMD ["gunicorn", "ips_subsidie.wsgi", "--worker-class", "ips_subsidie.webwerker.Werker", "--workers", "2", "--threads", "4", \
     "--bind", "0.0.0.0:8000", "--worker-tmp-dir", "/dev/shm", "--no-control-socket"]

# The same with pg_dump and pg_restore of the server's own version, which the distribution doesn't have.
FROM portaal AS reservekopie
USER root
# hadolint ignore=DL3008
RUN apt-get update \
    && apt-get install --yes --no-install-recommends postgresql-common ca-certificates \
    && /usr/share/postgresql-common/pgdg/apt.postgresql.org.sh -y \
    && apt-get install --yes --no-install-recommends postgresql-client-18 \
    && rm -rf /var/lib/apt/lists/*
USER 10001:10001
HEALTHCHECK NONE
CMD ["python", "manage.py", "reservekopie", "maken"]

# What is built when nobody says which.
FROM portaal
