"""How likely a request is advertising or a danger, whichever of the two."""

from __future__ import annotations

from math import log

import pytest

from builders import request, screening
from vorzimmer.classifier import shipped_classifier
from vorzimmer.model import Kind
from vorzimmer.shares import SHARES
from vorzimmer.signals import all_signals
from vorzimmer.solicitation_or_danger import by_words, score, share_of

SALE = "Wir bieten günstige Kredite ohne Auskunft! Nur heute 20 % Rabatt auf alles."


def test_without_words_only_the_usual_shares_count() -> None:
    usual = SHARES[Kind.SOLICITATION] + SHARES[Kind.DANGER]
    assert by_words(None) == pytest.approx(log(usual / (1 - usual)))


def test_an_offer_is_likelier_one_of_the_two_than_a_greeting() -> None:
    offer, greeting = shipped_classifier().read(
        [SALE.lower(), "schön, dass wir gestern auf der tagung reden konnten"]
    )
    assert by_words(offer) > by_words(None) > by_words(greeting)


def test_what_is_surely_one_of_the_two_stays_a_number() -> None:
    words = " ".join([SALE.lower()] * 200)
    (likeness,) = shipped_classifier().read([words])
    assert 0 < by_words(likeness) < 40


def test_shares_of_points_are_added() -> None:
    assert score(None, [7.0, 5.0]) == pytest.approx(by_words(None) + 12)


def test_only_signals_of_the_two_kinds_count_and_the_words_not_twice() -> None:
    counted = {each.name: share_of(each) for each in all_signals()}
    assert counted["note_reads_like_danger"] == counted["insult"] == 0
    assert counted["discount_or_deadline"] == counted["asks_for_secrets"] == 0.5
    assert counted["odd_link"] == counted["no_stranger"] == 1


@pytest.mark.parametrize("copies", [1, 30])
def test_words_of_other_languages_count_here_too(copies: int) -> None:
    offer = "Verdubbel uw omzet binnen dertig dagen met onze gratis training!"
    greeting = "Je broer gaf me je naam, hij zegt dat jij oude orgels herstelt."
    found = screening().screen([request(offer), request(greeting)] * copies)
    told = [each.assessment.solicitation_or_danger or 0.0 for each in found]
    assert min(told[::2]) > by_words(None) > max(told[1::2])
    assert not any(each.context.note.likeness for each in found)


def test_screening_tells_it_and_own_weights_hold() -> None:
    desk = screening()
    (found,) = desk.screen([request(SALE)])
    (light,) = screening(
        weights={each.name: each.weight / 2 for each in all_signals()}
    ).screen([request(SALE)])
    told = found.assessment.solicitation_or_danger
    halved = light.assessment.solicitation_or_danger
    assert told is not None
    assert halved is not None
    assert by_words(found.context.note.likeness) < halved < told
    assert light.found == found.found
    again = desk.weighed_again(light, Kind)
    assert again.assessment.solicitation_or_danger == told
