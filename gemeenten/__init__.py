"""Gemeenten through time, and who acts for them: themselves, their opvolger or a samenwerkingsverband."""
