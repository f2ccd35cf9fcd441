# One image for web, worker, beat and migrate; docker-compose.yml says what each of them runs.

# Any image with Python 3.11 or newer and its venv.
ARG BASE=python:3.13-slim
FROM ${BASE}

ENV LAPTOP=0 \
    PATH=/venv/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1

WORKDIR /milepost
COPY requirements.txt ./
RUN python3 -m venv /venv && pip install --no-cache-dir --require-hashes -r requirements.txt

COPY manage.py ./
COPY tracker tracker
COPY timeline timeline
COPY notifications notifications
COPY fixtures fixtures
RUN python manage.py collectstatic --noinput

# Nothing here is writable, and nothing needs to be: what we know is in the database.
USER 10001:10001

# Few threads, since Python runs one at a time and each holds a database connection; more at once:
# GRANIAN_WORKERS, or more containers. Beyond the backpressure, connections wait in the backlog.
ENV GRANIAN_WORKERS=2
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=5s --start-period=20s \
    CMD ["python", "-c", "from urllib.request import urlopen; urlopen('http://127.0.0.1:8000/healthz', timeout=3)"]
CMD ["granian", "--interface", "wsgi", "--no-ws", "--host", "0.0.0.0", "--port", "8000", "--blocking-threads", "2", "--backpressure", "512", "--workers-kill-timeout", "20", "--respawn-failed-workers", "tracker.wsgi:application"]
