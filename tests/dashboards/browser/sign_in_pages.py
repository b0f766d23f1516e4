"""A real OpenID provider and the real pages beside it, and how somebody signs in with it."""

import json
import shutil
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import BrowserContext, Page

from tests.dashboards.running import START, configuration, until_said, web

PROVIDER = Path(__file__).parents[1] / "openid"
SECRET = "a secret of the tests, as long as it has to be"
SETTINGS = """
second_factor = ["it"]
[[provider]]
name = "school"
title = "Schoolaccount"
issuer = "{issuer}"
client = "lesrust"
secret = "provider.secret"
teacher = ["docent"]
it = ["ict"]
code_claim = "code"
pupil_domains = ["leerling.college.nl"]
[[member]]
email = "a.yildiz@college.nl"
roles = ["leadership"]
[[member]]
email = "leerling@college.nl"
roles = ["directie"]
"""

type People = dict[str, dict[str, object]]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass(frozen=True)
class SignInPages:
    """Where the pages are, and what belongs to them."""

    address: str
    config: Path
    provider: str
    """Where that is."""

    def change_key(self) -> None:
        """Let the provider sign with another key from now on."""
        httpx.get(f"{self.provider}/another-key", timeout=START).raise_for_status()


@contextmanager
def serve_pages(
    folder: Path, static: Path, people: People, more: str = ""
) -> Iterator[SignInPages]:
    """Run both.

    Args:
        folder: for their files.
        static: what browsers fetch.
        people: whom the provider knows, with their claims.
        more: of the configuration; `{port}` is the provider's.
    """
    if not shutil.which("node") or not (PROVIDER / "node_modules" / "made-from").exists():
        pytest.skip("not found on this machine: the OpenID provider (.ci/provider installs it)")
    provider, port = free_port(), free_port()
    (folder / "people.json").write_text(json.dumps(people))
    secret = folder / "provider.secret"
    secret.touch(mode=0o600)
    secret.write_text(SECRET)
    issuer = f"http://127.0.0.1:{provider}"
    settings = SETTINGS.format(issuer=issuer) + more.format(port=provider)
    config = configuration(folder, settings)
    text = config.read_text()
    config.write_text(
        text.replace('[web]\nlisten = "127.0.0.1:0"', f'[web]\nlisten = "127.0.0.1:{port}"')
    )
    address = f"http://127.0.0.1:{port}"
    command = ["node", str(PROVIDER / "provider.mjs"), str(provider)]
    command += [f"{address}/oidc/school/login/callback/", str(folder / "people.json")]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as process:
        try:
            assert process.stdout is not None
            until_said(process.stdout, r"listening on (\d+)")
            with web(config, static):
                yield SignInPages(address, config, issuer)
        finally:
            process.terminate()


def sign_in(context: BrowserContext, who: str, then: str = "/") -> Page:
    """Sign in as she does: at Lesrust, at the provider, and with her consent."""
    page = context.new_page()
    page.goto(then)
    page.get_by_role("button", name="Aanmelden met Schoolaccount").click()
    page.fill("[name=login]", who)
    page.fill("[name=password]", "anything")
    page.get_by_role("button", name="Sign-in").click()
    page.get_by_role("button", name="Continue").click()
    return page
