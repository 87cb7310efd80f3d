"""Loops over bytes that are compiled, each with a plain reference beside it."""
