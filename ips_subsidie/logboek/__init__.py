"""The append-only record: every act, every refusal and every reading of a client's dossier."""
