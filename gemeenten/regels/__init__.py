"""Pure decisions: names in order, and what a file of gemeenten says."""
