"""What must be announced: an outbox in PostgreSQL, the inbox of each organisatie, and the mail that follows."""
