"""Backups: made with pg_dump, encrypted, restored only into an empty database, and tried out (docs/herstel.md)."""
