"""Pages of the budget: totals only, no dossier and no client."""
