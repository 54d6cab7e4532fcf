"""Pages, one room a party; thin: fetch what the actor may see, call an act, show."""
