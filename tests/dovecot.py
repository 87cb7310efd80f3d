"""A real mail server on this machine, for tests: Dovecot, on a port of its own."""

from __future__ import annotations

import imaplib
import os
import shutil
import socket
import ssl
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import trustme

from vorzimmer.mailbox import Mailbox

USER = "katrin@example.org"
PASSWORD = "Ständchen-7"  # noqa: S105 - of a server that lives for a test
_PATIENCE_S = 15

_COMMON = """
base_dir = {folder}/run
state_dir = {folder}/run
log_path = {folder}/log
protocols = imap
listen = 127.0.0.1
ssl = required
first_valid_uid = 1
auth_failure_delay = 0
service imap-login {{
  inet_listener imap {{
    port = 0
  }}
  inet_listener imaps {{
    port = {port}
    ssl = yes
  }}
}}
service anvil {{
  unix_listener anvil-auth-penalty {{
    mode = 0
  }}
}}
"""
_UNTIL_2_3 = """
ssl_cert = <{folder}/certificate.pem
ssl_key = <{folder}/key.pem
mail_location = maildir:{folder}/mail/%u
passdb {{
  driver = passwd-file
  args = {folder}/users
}}
userdb {{
  driver = static
  args = uid=mail gid=mail home={folder}/mail/%u
}}
"""
_FROM_2_4 = """
ssl_server_cert_file = {folder}/certificate.pem
ssl_server_key_file = {folder}/key.pem
mail_driver = maildir
mail_path = {folder}/mail/%{{user}}
passdb passwd-file {{
  passwd_file_path = {folder}/users
}}
userdb static {{
  fields {{
    uid = mail
    gid = mail
    home = {folder}/mail/%{{user}}
  }}
}}
"""


class Dovecot:
    """A server with one user; started by ``dovecot``.

    Attributes:
        port: Where it listens for TLS, on 127.0.0.1.
        certificates: File with the certificate of whoever vouches for it.
    """

    def __init__(self, folder: Path, port: int) -> None:
        self.folder = folder
        self.port = port
        self.certificates = folder / "authority.pem"

    def mailbox(self, *, port: int | None = None, folder: str = "INBOX") -> Mailbox:
        """Return the settings with which it can be read."""
        return Mailbox(
            name="test",
            host="localhost",
            user=USER,
            port=port or self.port,
            folder=folder,
            certificates=self.certificates,
        )

    @contextmanager
    def client(self) -> Iterator[imaplib.IMAP4_SSL]:
        """Give a logged-in client that may change things."""
        trust = ssl.create_default_context(cafile=self.certificates)
        with imaplib.IMAP4_SSL("localhost", self.port, ssl_context=trust) as client:
            client.authenticate("PLAIN", lambda _: f"\0{USER}\0{PASSWORD}".encode())
            yield client

    def fill(self, folder: str, mails: list[bytes], *, read: int = 0) -> None:
        """Put mails into a new folder, the first of them as read."""
        with self.client() as client:
            client.delete(folder)
            client.create(folder)
            for number, mail in enumerate(mails):
                flags = r"(\Seen)" if number < read else ""
                answer, _ = client.append(folder, flags, "", mail)
                assert answer == "OK"

    def unread(self, folder: str) -> int:
        """Return how many mails of a folder are unread."""
        with self.client() as client:
            client.select(folder, readonly=True)
            _, (numbers,) = client.search(None, "UNSEEN")
            return len(numbers.split())


@contextmanager
def running(*, expired: bool = False) -> Iterator[Dovecot]:
    """Start a server, and stop it at the end; skip where that cannot be.

    Args:
        expired: Whether its certificate has expired.
    """
    program = shutil.which("dovecot") or shutil.which("dovecot", path="/usr/sbin")
    if program is None or os.geteuid() != 0:
        pytest.skip("needs Dovecot and root: apt-get install dovecot-imapd")
    folder = Path(tempfile.mkdtemp(prefix="vorzimmer-dovecot-"))
    folder.chmod(0o755)
    server = Dovecot(folder, _free_port())
    _write_certificates(folder, expired=expired)
    _write_settings(server, program)
    process = subprocess.Popen([program, "-F", "-c", folder / "dovecot.conf"])  # noqa: S603 - our own
    try:
        _wait_for(server, process)
        yield server
    finally:
        process.terminate()
        process.wait(_PATIENCE_S)
        shutil.rmtree(folder, ignore_errors=True)


def _free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port: int = taken.getsockname()[1]
        return port


def _write_certificates(folder: Path, *, expired: bool) -> None:
    authority = trustme.CA()
    now = datetime.now(UTC)  # noqa: TID251 - a certificate is for a time
    until = now - timedelta(days=1) if expired else None
    issued = authority.issue_cert(
        "localhost", not_before=now - timedelta(days=9), not_after=until
    )
    authority.cert_pem.write_to_path(str(folder / "authority.pem"))
    issued.private_key_pem.write_to_path(str(folder / "key.pem"))
    chain = b"".join(each.bytes() for each in issued.cert_chain_pems)
    (folder / "certificate.pem").write_bytes(chain)


def _write_settings(server: Dovecot, program: str) -> None:
    folder = server.folder
    version = subprocess.check_output([program, "--version"], text=True)  # noqa: S603 - our own
    is_old = tuple(map(int, version.split()[0].split(".")[:2])) < (2, 4)
    head = "" if is_old else "dovecot_config_version = 2.4.0\n"
    head += "" if is_old else "dovecot_storage_version = 2.4.0\n"
    text = head + _COMMON + (_UNTIL_2_3 if is_old else _FROM_2_4)
    settings = text.format(folder=folder, port=server.port)
    (folder / "dovecot.conf").write_text(settings, "utf-8")
    (folder / "users").write_text(f"{USER}:{{PLAIN}}{PASSWORD}\n", "utf-8")
    (folder / "mail").mkdir()
    shutil.chown(folder / "mail", "mail", "mail")


def _wait_for(server: Dovecot, process: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + _PATIENCE_S
    while time.monotonic() < end and process.poll() is None:
        with suppress(OSError), socket.create_connection(("127.0.0.1", server.port)):
            return
        time.sleep(0.05)
    log = server.folder / "log"
    words = log.read_text("utf-8")[-300:] if log.exists() else "nothing"
    pytest.skip(f"Dovecot did not start; it says: {words}")


class Breaking:
    """Stands before a server, and breaks the connection after some bytes."""

    def __init__(self, port: int, *, after: int) -> None:
        """Listen on a port of its own.

        Args:
            port: Of the server behind.
            after: How many bytes of the server's answers pass.
        """
        self._behind = port
        self._after = self._left = after
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    @property
    def passed(self) -> int:
        """How many bytes have passed."""
        return self._after - self._left

    def close(self) -> None:
        """Listen no more."""
        self._listener.close()
        self._thread.join(_PATIENCE_S)

    def _serve(self) -> None:
        with suppress(OSError):
            client, _ = self._listener.accept()
            with (
                client,
                socket.create_connection(("127.0.0.1", self._behind)) as server,
            ):
                asking = threading.Thread(target=self._ask, args=(client, server))
                asking.start()
                while self._left > 0 and (data := server.recv(min(self._left, 4096))):
                    self._left -= len(data)
                    client.sendall(data)
                for each in (client, server):
                    with suppress(OSError):
                        each.shutdown(socket.SHUT_RDWR)
                asking.join(_PATIENCE_S)

    @staticmethod
    def _ask(client: socket.socket, server: socket.socket) -> None:
        with suppress(OSError):
            while data := client.recv(4096):
                server.sendall(data)
