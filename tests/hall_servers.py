"""What `compose.yaml` starts for a hall, by hand: nginx with its very configuration, two processes
of the app, and a Redis."""

import os
import socket
import subprocess
import tempfile
import time
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from tests.app_process import AppProcess
from tests.programs import provide_program
from tests.redis_server import RedisServer, running_redis
from tests.serving import ROOT

HELP = (
    "No nginx was found or could be installed. Install it (Debian: apt-get install nginx) or name "
    "one: NGINX=/path/to/nginx make test"
)
HERE = {
    "user nginx;": "daemon off;",
    "/run/nginx.pid": "{folder}/nginx.pid",
    "worker_processes auto;": "worker_processes 1;",
    "worker_rlimit_nofile 40000;": "",
    "http {": """http {
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;""",
    "include /etc/nginx/conf.d/*.conf;": """include {folder}/upstreams.conf;
    include {folder}/hall.conf;""",
}
"""What of `compose/nginx.conf` is otherwise outside a container."""


class HallServers:
    """The address of nginx, and what is behind it."""

    def __init__(self, address: str, replicas: list[AppProcess], redis: RedisServer) -> None:
        self.address, self.replicas, self.redis = address, replicas, redis


@contextmanager
def running_hall(environment: Mapping[str, str] | None = None) -> Iterator[HallServers]:
    with running_redis() as redis, tempfile.TemporaryDirectory() as folder:
        settings = {"LOSS_LAB_REDIS": redis.address} | dict(environment or {})
        replicas: list[AppProcess] = []
        try:
            replicas += [AppProcess(settings, wait=False) for _ in range(2)]
            for replica in replicas:
                replica.wait()
            with _running_nginx(Path(folder), [replica.port for replica in replicas]) as address:
                yield HallServers(address, replicas, redis)
        finally:
            for replica in replicas:
                replica.stop()


@contextmanager
def _running_nginx(folder: Path, ports: list[int]) -> Iterator[str]:
    """nginx with the files of `compose/`, told other ports and other names of the replicas."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    hall = (ROOT / "compose" / "hall.conf").read_text()
    assert "listen 80;" in hall
    (folder / "hall.conf").write_text(hall.replace("listen 80;", f"listen 127.0.0.1:{port};"))
    upstreams = (ROOT / "compose" / "upstreams.conf").read_text()
    for at, replica in enumerate(ports, start=1):
        assert f"lab-hall-{at}:8501" in upstreams
        upstreams = upstreams.replace(f"lab-hall-{at}:8501", f"127.0.0.1:{replica}")
    (folder / "upstreams.conf").write_text(upstreams)
    whole = (ROOT / "compose" / "nginx.conf").read_text()
    for inside, outside in HERE.items():
        assert inside in whole
        whole = whole.replace(inside, outside.replace("{folder}", str(folder)))
    (folder / "nginx.conf").write_text(whole)
    program = provide_program("NGINX", ("nginx",), "nginx-light", HELP)
    command = [program, "-e", "stderr", "-p", str(folder), "-c", str(folder / "nginx.conf")]
    os.chmod(folder, 0o755)  # its worker is another user
    process = subprocess.Popen(command)
    try:
        address = f"http://127.0.0.1:{port}"
        until = time.monotonic() + 60
        while not _answers(f"{address}/_stcore/health"):
            if process.poll() is not None or time.monotonic() > until:
                raise RuntimeError("nginx did not start")
            time.sleep(0.05)
        yield address
    finally:
        process.terminate()
        process.wait()


def _answers(address: str) -> bool:
    try:
        urllib.request.urlopen(address, timeout=5)
    except OSError:
        return False
    return True
