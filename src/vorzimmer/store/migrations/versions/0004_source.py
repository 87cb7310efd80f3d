"""Which source brought what, and when.

What is there already was brought by *earlier imports*, a source of its own: nobody
wrote down which file it came from, and so it can only be forgotten as a whole.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from alembic import op

from vorzimmer.intake.joining import keys_of

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_MOMENT = sa.DateTime(timezone=True)
_WHO = (
    *("name", "headline", "company", "position"),
    *("location", "country", "email", "profile_url"),
)
_OF_TIE = ("kind", "since", "until", "count", "detail")
_AT_ONCE = 1_000


def upgrade() -> None:
    """Make the tables, and give what is there to the earlier imports."""
    _make_source()
    _make_brought()
    op.add_column("import_run", sa.Column("source_id", _NUMBER))
    op.add_column("request", sa.Column("part_of", sa.Text()))
    op.create_index(
        "ix_request_part_of",
        "request",
        ["member_id", "part_of"],
        sqlite_where=sa.text("part_of IS NOT NULL"),
        postgresql_where=sa.text("part_of IS NOT NULL"),
    )
    _part_ties_by_source()
    for member_id, facts in _owners():
        source_id = _add_earlier(member_id, facts)
        _give_requests(member_id, source_id)
        tie = _table("tie", "member_id", "source_id")
        own = tie.c.member_id == member_id
        op.get_bind().execute(sa.update(tie).where(own).values(source_id=source_id))
    _let_answers_of_archives_go()


def _make_source() -> None:
    op.create_table(
        "source",
        sa.Column("id", _NUMBER, autoincrement=True, nullable=False),
        sa.Column("member_id", _NUMBER, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("mark", sa.Text()),
        sa.Column("read_at", _MOMENT),
        sa.Column("said_of_member", sa.JSON()),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_source")),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.member_id"], name=op.f("fk_source_member_id")
        ),
        sa.UniqueConstraint(
            "member_id", "name", "label", name=op.f("uq_source_member_id_name_label")
        ),
        sqlite_autoincrement=True,
    )


def _make_brought() -> None:
    op.create_table(
        "brought_request",
        sa.Column("member_id", _NUMBER, nullable=False),
        sa.Column("source_id", _NUMBER, nullable=False),
        sa.Column("own_id", sa.Text(), nullable=False),
        sa.Column("request_id", sa.Text(), nullable=False),
        sa.Column("run_id", _NUMBER, nullable=False),
        sa.Column("said_at", _MOMENT, nullable=False),
        sa.Column("address_key", sa.Text(), nullable=False),
        sa.Column("name_key", sa.Text(), nullable=False),
        sa.Column("has_past", sa.Boolean(), nullable=False),
        sa.Column("facts", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("source_id", "own_id", name=op.f("pk_brought_request")),
        sa.ForeignKeyConstraint(
            ["source_id"], ["source.id"], name=op.f("fk_brought_request_source_id")
        ),
    )
    index = op.f("ix_brought_request_member_id_request_id")
    op.create_index(index, "brought_request", ["member_id", "request_id"])


def _part_ties_by_source() -> None:
    """Let each source have its own row of a tie."""
    if op.get_bind().dialect.name != "sqlite":
        number = sa.Column("source_id", _NUMBER, nullable=False, server_default="0")
        op.add_column("tie", number)
        op.alter_column("tie", "source_id", server_default=None)
        op.drop_constraint(op.f("pk_tie"), "tie", type_="primary")
        op.create_primary_key(
            op.f("pk_tie"), "tie", ["member_id", "tie_key", "source_id"]
        )
        return
    # SQLite cannot change a primary key.
    op.create_table(
        "tie_by_source",
        sa.Column("member_id", _NUMBER, nullable=False),
        sa.Column("tie_key", sa.String(32), nullable=False),
        sa.Column("source_id", _NUMBER, autoincrement=False, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("since", sa.Date()),
        sa.Column("until", sa.Date()),
        sa.Column("count", sa.BigInteger()),
        sa.Column("detail", sa.Text(), nullable=False),
        *(sa.Column(f"person_{name}", sa.Text()) for name in _WHO),
        sa.PrimaryKeyConstraint(
            "member_id", "tie_key", "source_id", name=op.f("pk_tie")
        ),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.member_id"], name=op.f("fk_tie_member_id")
        ),
    )
    names = ["member_id", "tie_key", *_OF_TIE, *(f"person_{name}" for name in _WHO)]
    old, new = _table("tie", *names), _table("tie_by_source", *names, "source_id")
    query = sa.select(*(old.c[name] for name in names), sa.literal(0, _NUMBER))
    op.get_bind().execute(sa.insert(new).from_select([*names, "source_id"], query))
    op.drop_table("tie")
    op.rename_table("tie_by_source", "tie")


def _table(name: str, *columns: str) -> sa.TableClause:
    return sa.table(name, *map(sa.column, columns))


def _owners() -> list[tuple[int, Any]]:
    """Return the members of whom anything was imported, with what is known of them."""
    member = sa.table("member", sa.column("member_id"), sa.column("facts", sa.JSON()))
    run = _table("import_run", "member_id")
    query = sa.select(member.c.member_id, member.c.facts).where(
        member.c.member_id.in_(sa.select(run.c.member_id))
    )
    return [(row[0], row[1]) for row in op.get_bind().execute(query)]


def _add_earlier(member_id: int, facts: Any) -> int:  # noqa: ANN401 - any JSON
    run = sa.table(
        "import_run",
        *map(sa.column, ("member_id", "source_id")),
        sa.column("started_at", _MOMENT),
    )
    own = run.c.member_id == member_id
    bind = op.get_bind()
    source = sa.table(
        "source",
        *map(sa.column, ("id", "member_id", "name", "label")),
        sa.column("read_at", _MOMENT),
        sa.column("said_of_member", sa.JSON(none_as_null=True)),
    )
    row = {
        "member_id": member_id,
        "name": "earlier",
        "label": "",
        "read_at": bind.execute(sa.select(sa.func.max(run.c.started_at)).where(own)),
        "said_of_member": facts,
    }
    row["read_at"] = row["read_at"].scalar()
    added = bind.execute(sa.insert(source).returning(source.c.id), row)
    source_id = int(added.scalar_one())
    bind.execute(sa.update(run).where(own).values(source_id=source_id))
    return source_id


def _give_requests(member_id: int, source_id: int) -> None:
    bind = op.get_bind()
    runs = sa.table(
        "import_run",
        *map(sa.column, ("id", "member_id")),
        sa.column("started_at", _MOMENT),
    )
    query = sa.select(sa.func.max(runs.c.id), sa.func.max(runs.c.started_at)).where(
        runs.c.member_id == member_id
    )
    run_id, read_at = bind.execute(query).one()
    names = [
        each["name"]
        for each in sa.inspect(bind).get_columns("request")
        if each["name"] not in {"member_id", "part_of"}
    ]
    request = sa.Table("request", sa.MetaData(), autoload_with=bind)
    brought = sa.Table("brought_request", sa.MetaData(), autoload_with=bind)
    answered = _answered(member_id)
    query = sa.select(*(request.c[name] for name in names)).where(
        request.c.member_id == member_id
    )
    found = bind.execute(query).fetchall()
    for start in range(0, len(found), _AT_ONCE):
        rows = []
        for row in found[start : start + _AT_ONCE]:
            address_key, name_key = keys_of(row.sender_name, row.sender_profile_url)
            rows.append(
                {
                    "member_id": member_id,
                    "source_id": source_id,
                    "own_id": row.id,
                    "request_id": row.id,
                    "run_id": run_id,
                    "said_at": read_at,
                    "address_key": address_key,
                    "name_key": name_key,
                    "has_past": row.id in answered,
                    "facts": _facts(names, row),
                }
            )
        bind.execute(sa.insert(brought), rows)


def _answered(member_id: int) -> set[str]:
    decision = _table("decision", "member_id", "request_id", "actor")
    query = sa.select(decision.c.request_id).where(
        decision.c.member_id == member_id, decision.c.actor == "archive"
    )
    return set(op.get_bind().execute(query).scalars())


def _facts(names: Sequence[str], row: Sequence[Any]) -> str:
    known = zip(names, row, strict=True)
    return json.dumps(
        {
            name: _plain(value)
            for name, value in known
            if value is not None and name != "id"
        },
        ensure_ascii=False,
    )


def _plain(value: Any) -> Any:  # noqa: ANN401 - whatever a column holds
    if isinstance(value, datetime) and value.tzinfo is None:
        value = value.replace(tzinfo=UTC)
    return value.isoformat() if hasattr(value, "isoformat") else value


def _let_answers_of_archives_go() -> None:
    """Let what an archive shows go with it; what the member decided stays for ever."""
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TRIGGER decision_no_delete")
        op.execute(
            "CREATE TRIGGER decision_no_delete BEFORE DELETE ON decision"
            " WHEN OLD.actor <> 'archive'"
            " BEGIN SELECT RAISE(ABORT, 'decision is append-only'); END"
        )
        return
    op.execute("DROP TRIGGER decision_no_changes ON decision")
    op.execute(
        "CREATE TRIGGER decision_no_changes BEFORE UPDATE OR TRUNCATE ON decision"
        " FOR EACH STATEMENT EXECUTE FUNCTION decision_forbid_changes()"
    )
    op.execute(
        "CREATE TRIGGER decision_no_delete BEFORE DELETE ON decision FOR EACH ROW"
        " WHEN (OLD.actor <> 'archive') EXECUTE FUNCTION decision_forbid_changes()"
    )
