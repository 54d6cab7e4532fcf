"""The pages of a besluit that is late: the ingebrekestelling, the dwangsom, and the list of what is late."""
