"""Evidence of many requests stands in the order in which one by one would put it."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from vorzimmer.evidence_columns import evidence_of_many
from vorzimmer.model import Hit, Kind
from vorzimmer.screening import score
from vorzimmer.signals import all_signals

OWN = {
    place: each
    for place, each in enumerate(all_signals())
    if each.kind is Kind.UNVERIFIABLE
}
REQUESTS = 4
# Small enough that no group reaches its cap, and few enough that many are the same.
WEIGHTS = st.sampled_from((0.0, 0.25, -0.25, 0.125))


@given(
    st.dictionaries(
        st.sampled_from(sorted(OWN)),
        st.tuples(WEIGHTS, st.sets(st.integers(0, REQUESTS - 1), min_size=1)),
    )
)
def test_the_strongest_comes_first_and_of_equals_the_first_by_name(
    drawn: dict[int, tuple[float, set[int]]],
) -> None:
    weights = {OWN[place].name: weight for place, (weight, _) in drawn.items()}
    hits = {
        place: (
            np.array(sorted(rows)),
            [Hit(f"{place} in {row}") for row in sorted(rows)],
        )
        for place, (_, rows) in sorted(drawn.items())
    }
    points = {place: np.full(REQUESTS, weight) for place, (weight, _) in drawn.items()}
    own = {place: OWN[place] for place in hits}
    found = evidence_of_many(own, hits, points, REQUESTS)
    for row in range(REQUESTS):
        alone = [
            (OWN[place], hit)
            for place, (rows, said) in hits.items()
            for at, hit in zip(rows.tolist(), said, strict=True)
            if at == row
        ]
        assert found[row] == score(Kind.UNVERIFIABLE, alone, weights=weights).evidence
