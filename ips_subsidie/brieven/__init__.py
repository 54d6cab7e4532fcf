"""Letters: typed data in, PDF out. Knows nothing of dossiers or of the database."""
