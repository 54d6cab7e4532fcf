"""What the pages of logging in ask of the portal."""
