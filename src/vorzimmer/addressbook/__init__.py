"""The forms in which people are kept outside the networks: cards, calendars, mail.

Everything here is pure: it is given bytes or text, and knows no file.
"""
