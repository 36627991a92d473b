"""The local PostgreSQL of a developer's machine: `python -m portal.database --help`.

Used in development and tests when DATABASE_URL is absent; importing it starts nothing.
`docs/decisions/0001-postgresql-only.md` says why it exists.
"""
