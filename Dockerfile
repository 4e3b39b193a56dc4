# One image, two commands: `trygghetsdialog serve` (the default) and `trygghetsdialog worker`.

FROM node:22-slim AS assets
WORKDIR /app/webapp/frontend
COPY webapp/frontend/package.json webapp/frontend/package-lock.json ./
RUN npm ci --ignore-scripts --no-audit --no-fund
COPY webapp/frontend ./
RUN npm run build

FROM python:3.13-slim AS packages
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1 PYTHONDONTWRITEBYTECODE=1
WORKDIR /app
COPY requirements.lock ./
RUN python -m venv .venv && .venv/bin/pip install --require-hashes --requirement requirements.lock
COPY pyproject.toml LICENSE ./
COPY maps maps
COPY surveys surveys
COPY migrations migrations
COPY webapp webapp
COPY tools tools
# Our own compiler and not Babel's, which writes English where a translator has left a plural empty.
RUN .venv/bin/pip install --no-index --no-deps --no-build-isolation --editable . \
    && .venv/bin/python -m tools.catalogues compile \
    && rm -rf webapp/frontend tools
COPY --from=assets /app/webapp/static/build webapp/static/build
RUN .venv/bin/python -m compileall -q maps surveys migrations webapp

FROM python:3.13-slim
RUN useradd --system --uid 10001 --no-create-home --shell /usr/sbin/nologin trygghetsdialog \
    && install --directory --owner=trygghetsdialog --mode=0700 /data
COPY --from=packages /app /app
WORKDIR /app
ENV PATH=/app/.venv/bin:$PATH \
    INSTANCE_PATH=/data \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1
USER 10001
VOLUME /data
EXPOSE 8000
# For the web server; compose.yaml turns it off for the worker, which answers no requests.
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s --retries=3 \
    CMD ["python", "-c", "import urllib.request as r; r.urlopen('http://127.0.0.1:8000/healthz', timeout=4)"]
CMD ["trygghetsdialog", "serve", "--host", "0.0.0.0", "--port", "8000"]
