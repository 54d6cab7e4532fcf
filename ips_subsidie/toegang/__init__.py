"""Who may come in: gebruikers, organisaties, lidmaatschappen, rollen, and the actor of a request."""
