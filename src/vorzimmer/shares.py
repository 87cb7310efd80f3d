"""How common each kind is in an inbox, before anything is known of a request."""

from __future__ import annotations

from math import log

from vorzimmer.model import Kind

# What requests and first messages are, by what their notes say; no kind: 12 %.
# Estimates, to be replaced by measured shares.
SHARES: dict[Kind, float] = {
    Kind.PERSONAL: 0.20,
    Kind.STANDARD: 0.21,
    Kind.COLLECTOR: 0.07,
    Kind.SOLICITATION: 0.22,
    Kind.RECRUITING: 0.09,
    Kind.DANGER: 0.07,
    Kind.ABUSE: 0.02,
}
SHARE_OF_NONE = 0.12


def log_odds(share: float) -> float:
    """Return the log-odds of a share, in nats."""
    return log(share / (1 - share))


# The same as log-odds, with the kinds that no note can show.
PRIORS: dict[Kind, float] = {
    Kind.KNOWN: -2.0,
    Kind.UNVERIFIABLE: -2.5,
    **{kind: round(log_odds(share), 2) for kind, share in SHARES.items()},
}
