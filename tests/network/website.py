"""A real nginx outside, with a certificate of its own for the names that the tests use."""

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.network.street import Street, run

NAMES = ("www.instagram.com", "www.netflix.com")
PAGE = bytes(range(256)) * 8_192
"""Two megabytes: more than a device carries that is not active."""

CONFIGURATION = """
daemon off;
user root;
pid {folder}/nginx.pid;
error_log {folder}/nginx-error.log;
events {{ }}
http {{
    access_log off;
    server {{
        listen 80;
        listen [::]:80;
        listen 443 ssl;
        listen [::]:443 ssl;
        ssl_certificate {folder}/site.pem;
        ssl_certificate_key {folder}/site.key;
        root {folder}/www;
    }}
}}
"""


@contextmanager
def website(street: Street, folder: Path) -> Iterator[Path]:
    """Serve the page, and give the file of the certificate that clients trust."""
    certificate = folder / "site.pem"
    names = ",".join(f"DNS:{name}" for name in NAMES)
    run(
        *("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2"),
        *("-subj", "/CN=site", "-addext", f"subjectAltName={names}"),
        *("-keyout", str(folder / "site.key"), "-out", str(certificate)),
    )
    (folder / "www").mkdir()
    (folder / "www" / "page").write_bytes(PAGE)
    folder.chmod(0o755)
    configuration = folder / "nginx.conf"
    configuration.write_text(CONFIGURATION.format(folder=folder))
    with (
        street.inside("outside"),
        subprocess.Popen(["nginx", "-c", configuration], stderr=subprocess.DEVNULL) as nginx,
    ):
        try:
            yield certificate
        finally:
            nginx.terminate()
