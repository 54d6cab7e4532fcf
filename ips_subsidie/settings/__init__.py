"""Settings: `basis` holds what is always true; `lokaal`, `test` and `productie` differ from it by a few lines."""
