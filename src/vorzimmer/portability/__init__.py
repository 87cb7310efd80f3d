"""Speaks with LinkedIn's Member Data Portability interface, on behalf of one member.

Built from the public documentation alone; nobody here has asked the real interface.

Source:
    LinkedIn's pages on the Member Data Portability API (snapshot, change log,
    authorisation), and what public clients tell of it.
"""
