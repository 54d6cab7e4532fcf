"""The mandaatregister for the gemeente: what there is, what is missing, and a model to arrange it with."""
