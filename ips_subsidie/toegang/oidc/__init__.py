"""Single sign-on: a person logs in at the own organisatie (OpenID Connect), and is known here by what that says."""
