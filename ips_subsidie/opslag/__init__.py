"""How things are kept.

Encrypted fields, append-only tables, files, and the rights of the database role `app`.
"""
