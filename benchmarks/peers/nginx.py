"""nginx with the feed as two files, plain and compressed beforehand."""

import os
import shutil
from pathlib import Path

INSTALL = "nginx is not installed and left out. On Debian or Ubuntu: apt-get install nginx-light"
_CONFIGURATION = """
daemon off;
{user}
worker_processes 1;
pid {folder}/nginx.pid;
error_log stderr;
events {{}}
http {{
    access_log off;
    sendfile on;
    tcp_nopush on;
    keepalive_requests 100000000;
    types {{ text/calendar ics; }}
    charset utf-8;
    charset_types text/calendar;
    gzip_static on;
    gzip_vary on;
    client_body_temp_path {folder}/client;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    server {{
        listen 127.0.0.1:{port};
        root {folder}/files;
        add_header Cache-Control "public, max-age=300, stale-while-revalidate=3600";
    }}
}}
"""


def program() -> str | None:
    return shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin")


def command(folder: Path, *, port: int, plain: bytes, zipped: bytes) -> list[str]:
    """Lay out files and configuration in this folder; returns what to run."""
    (folder / "files").mkdir()
    (folder / "files/feed.ics").write_bytes(plain)
    (folder / "files/feed.ics.gz").write_bytes(zipped)
    # As root it would read them as nobody, who may not.
    user = "user root;" if os.geteuid() == 0 else ""
    configuration = folder / "nginx.conf"
    configuration.write_text(_CONFIGURATION.format(folder=folder, port=port, user=user))
    return [program() or "nginx", "-p", str(folder), "-e", "stderr", "-c", str(configuration)]
