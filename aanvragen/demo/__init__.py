"""Invented data to look around in, all of it made through the acts. Never in production."""
