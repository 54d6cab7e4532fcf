# One image for web, worker, beat and the migrate job; docker-compose.yml says which is which.
FROM python:3.11-slim-bookworm AS bouw
WORKDIR /bouw
COPY requirements/uv.txt requirements/productie.txt ./
RUN python -m venv /venv \
    && python -m pip install --no-cache-dir --require-hashes -r uv.txt \
    && uv pip install --no-cache --python /venv/bin/python --require-hashes -r productie.txt

FROM python:3.11-slim-bookworm
ENV PATH=/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    DJANGO_SETTINGS_MODULE=ips_subsidie.settings.productie
RUN groupadd --system --gid 10001 ips && useradd --system --uid 10001 --gid ips --no-create-home ips
COPY --from=bouw /venv /venv
WORKDIR /app
COPY . .
# Production refuses to start without its settings; these are for collecting the static files only.
RUN DJANGO_SECRET_KEY=bouw ALLOWED_HOSTS=bouw.example SITE_ADRES=https://bouw.example EMAIL_URL=dummymail:// \
    DATABASE_URL=postgresql://bouw@localhost/bouw VELD_SLEUTELS=a:bouw VELD_INDEX_SLEUTEL=bouw \
    python manage.py collectstatic --noinput --verbosity 0
USER 10001:10001
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s CMD ["python", "deploy/gezond.py"]
CMD ["gunicorn", "ips_subsidie.wsgi", "--worker-class", "gthread", "--workers", "2", "--threads", "4", \
     "--bind", "0.0.0.0:8000", "--worker-tmp-dir", "/dev/shm", "--no-control-socket"]
