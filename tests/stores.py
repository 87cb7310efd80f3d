"""Databases and sample rows for the tests of the store."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from uuid import uuid4

from sqlalchemy import create_engine, make_url, text

import postgresql
from vorzimmer.model import Action, Channel, ContactRequest, Decision, Person
from vorzimmer.store import Store, Transaction

NOON = datetime(2026, 3, 4, 12, 0, 0, 125, tzinfo=UTC)
LENA = Person(
    name="Lena Østergård 李",
    headline="",
    company="Nordlicht & Söhne",
    position="Buyer",
    location="Kiel, Germany",
    country="DE",
    email="lena@example.org",
    profile_url="https://network.example/in/lena",
    contacts_count=312,
    mutual_contacts_count=0,
    has_picture=True,
    visited_profile=False,
    created_on=date(2015, 2, 28),
    is_verified=False,
    is_known_elsewhere=True,
    has_other_job_elsewhere=False,
)
FULL = ContactRequest(
    id="r1",
    sender=LENA,
    network="xing",
    channel=Channel.INMAIL,
    note="Guten Tag, 'wir' kennen uns; -- 100 % \U0001f600\n",
    subject="Messe",
    sent_at=NOON,
    is_sponsored=False,
    is_filed_as_spam=True,
    is_origin_proven=False,
    leads_to="linkedln-login.example",
)
BARE = ContactRequest(id="r2")


KINDS = ("sqlite", "postgresql")


@cache
def _template() -> tuple[TemporaryDirectory[str], Path]:
    """Make an empty database once: copying it costs less than making it."""
    folder = TemporaryDirectory()
    path = Path(folder.name) / "empty.db"
    Store.open(str(path)).close()
    return folder, path


def empty_file(folder: Path) -> Path:
    """Return the path of a new, empty SQLite database."""
    path = folder / "vorzimmer.db"
    shutil.copyfile(_template()[1], path)
    return path


def stores(kind: str, folder: Path) -> Iterator[Store]:
    """Yield one new, empty store of a kind, or skip the test."""
    if kind == "postgresql":
        with schema_of_its_own() as there:
            opened = Store.open(there)
            yield opened
            opened.close()
        return
    opened = Store.open(str(empty_file(folder)))
    yield opened
    opened.close()


@contextmanager
def schema_of_its_own() -> Iterator[str]:
    """Give the address of an empty PostgreSQL database, or skip the test."""
    url = make_url(postgresql.address())
    schema = f"test_{uuid4().hex}"
    engine = create_engine(url)
    with engine.begin() as connection:
        connection.execute(text(f"CREATE SCHEMA {schema}"))
    there = url.update_query_dict({"options": f"-csearch_path={schema}"})
    yield there.render_as_string(hide_password=False)
    with engine.begin() as connection:
        connection.execute(text(f"DROP SCHEMA {schema} CASCADE"))
    engine.dispose()


def put(store: Store, *requests: ContactRequest) -> tuple[int, int]:
    with store.transaction() as t:
        return t.put_requests(requests)


def decide(t: Transaction, request_id: str, **more: Any) -> Decision:  # noqa: ANN401 - the facts of a decision
    facts = {"action": Action.ACCEPT, "actor": "member", "at": NOON, **more}
    return t.add_decision(request_id, **facts)
