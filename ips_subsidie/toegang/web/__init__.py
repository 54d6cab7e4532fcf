"""The pages of logging in, choosing a role and inviting colleagues."""
