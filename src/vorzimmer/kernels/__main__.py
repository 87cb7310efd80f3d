"""Compiles all loops, so that nobody waits for it later: run once at set-up."""

from __future__ import annotations

from vorzimmer.kernels import (
    aligning,
    counting,
    folding,
    glancing,
    groups,
    languages,
    naming,
    ngrams,
    places,
    sieve,
    strangers,
    strongest,
)

if __name__ == "__main__":
    aligning.compile_all()
    counting.compile_all()
    ngrams.compile_all()
    strongest.compile_all()
    folding.compile_all()
    groups.compile_all()
    glancing.compile_all()
    naming.compile_all()
    places.compile_all()
    sieve.compile_all()
    strangers.compile_all()
    languages.compile_all()
