"""The quality list of instellingen that offer modelgetrouw IPS: reading it, and what it changes."""
