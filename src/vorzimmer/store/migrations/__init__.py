"""The versions of the tables, run in order by Alembic; a version is never edited."""
