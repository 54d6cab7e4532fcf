"""Regelingen as data, and the one spot where places and money are given out."""
