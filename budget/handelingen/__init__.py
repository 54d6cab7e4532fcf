"""The engine: giving rank, taking places, freeing them. Always within the act of a dossier."""
