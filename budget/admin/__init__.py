"""Budget in the admin: regelingen are changed by a new version, the rest is there to look at."""

from budget.admin import geld, potten, regelingen

__all__ = ["geld", "potten", "regelingen"]
