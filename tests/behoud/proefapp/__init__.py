"""An app with one migration that asks for a lock, for test_migraties."""
