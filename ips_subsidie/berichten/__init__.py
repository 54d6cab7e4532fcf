"""What must be announced: an outbox in PostgreSQL, the inbox of each organisatie, the mail that follows."""
