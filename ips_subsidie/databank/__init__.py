"""PostgreSQL as Django knows it, on connections that don't wait for ever (settings: ENGINE)."""
