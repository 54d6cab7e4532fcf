"""What can go wrong with a backup, in words for the operator."""


class ReservekopieFout(Exception):
    """Nothing was made or restored. The text says in Dutch what to do; it never holds a password or a key."""
