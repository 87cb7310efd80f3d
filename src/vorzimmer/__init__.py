"""The front office before the inbox of a member of a professional network."""
