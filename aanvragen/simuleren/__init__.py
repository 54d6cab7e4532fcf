"""Simulation: a scenario of events, replayed through the very acts of the portal in a database of its own."""
