"""All that is due, of every kind, as one list: for the page, and for somebody's own calendar."""
