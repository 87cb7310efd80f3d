"""The member teaches the desk: what that changes, and that it can be undone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from vorzimmer.desk import Card, Desk
from vorzimmer.errors import UndoError, UnknownNameError
from vorzimmer.learning import Learned
from vorzimmer.lessons import Taught
from vorzimmer.model import Action, Kind
from vorzimmer.settings import Settings
from web_client import line, open_desk

# Alike in what they want, different in how they say it: eight cases and not one.
WORDS = {
    "Elbe": "Guten Tag, hätten Sie diese Woche 15 Minuten für einen Anruf? Wir beraten"
    " Betriebe in Fragen des Einkaufs.",
    "Isar": "Wann passt Ihnen ein kurzes Telefonat von 15 Minuten? Unsere Software"
    " plant Schichten, und andere Werke sparen damit Zeit.",
    "Spree": "Hallo, ich zeige Ihnen in 15 Minuten am Telefon, wie unsere Agentur neue"
    " Kunden für Sie findet.",
    "Neckar": "Darf ich Sie morgen kurz anrufen? 15 Minuten reichen, um unser Angebot"
    " für Reinigung vorzustellen.",
    "Ruhr": "Sehr geehrte Damen und Herren, gern stellen wir Ihnen in einem Gespräch"
    " von 15 Minuten unsere Leistungen im Druck vor.",
    "Saale": "Hätten Sie 15 Minuten für einen Anruf? Unsere Trainer machen Verkäufer"
    " besser, und der erste Termin kostet nichts.",
    "Mosel": "Lassen Sie uns telefonieren, 15 Minuten genügen: Wir liefern Verpackungen"
    " günstiger als Ihr Lieferant.",
    "Lahn": "Ein Anruf von 15 Minuten, und Sie wissen, was Ihre Heizung mit unserer"
    " Wartung weniger kostet. Wann darf ich?",
}
PITCHES = [line(f"seller-{firm.casefold()}", words) for firm, words in WORDS.items()]
KINDLY = "Guten Tag, hätten Sie 15 Minuten für einen Anruf? Ich forsche zu Brücken."


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    lines = [*PITCHES, line("asker", KINDLY), line("blank", "")]
    with open_desk(tmp_path_factory.mktemp("desk"), lines) as desk:
        yield desk


@pytest.fixture
def desk(opened: Desk) -> Iterator[Desk]:
    """The desk as shipped; what a test taught is forgotten after it."""
    yield opened
    while any(card.decision for card in opened.decided()):
        opened.undo()
    opened.teaching.reset()


def cards(desk: Desk) -> dict[str, Card]:
    return {
        card.request.id: card for _, group in desk.session().groups for card in group
    }


def teach(desk: Desk, kind: Kind, count: int = len(PITCHES)) -> None:
    for each in PITCHES[:count]:
        desk.teaching.correct(str(each["id"]), kind)


def test_one_text_with_other_names_in_it_is_one_case(tmp_path: Path) -> None:
    text = (
        "Hallo {}, wir zeigen Betrieben wie Ihrem in 15 Minuten am Telefon, wie sie mit"
        " unserer Beratung bis zu {} Prozent der Kosten für Strom sparen."
    )
    rows = [
        line(f"copy-{at}", text.format(name, at + 20)) for at, name in enumerate(WORDS)
    ]
    with open_desk(tmp_path, rows) as desk:
        for each in rows:
            desk.teaching.correct(str(each["id"]), Kind.PERSONAL)
        learned = desk.teaching.learned()
    assert (learned.weights, learned.shifts) == ({}, {})
    assert set(learned.judged.values()) == {1}


def test_a_cold_desk_is_as_shipped(desk: Desk, tmp_path: Path) -> None:
    assert desk.teaching.learned() == Learned()
    report = desk.teaching.report()
    assert (report.taught, report.moved, report.shipped) == ((), (), ())
    settings = Settings(database=str(tmp_path / "desk.db"), policy="three-reasons")
    with Desk.open(settings) as cold:
        assert cold.teaching.learned() == Learned()


def test_two_corrections_change_nothing_and_eight_do(desk: Desk) -> None:
    before = cards(desk)
    teach(desk, Kind.PERSONAL, 2)
    after = cards(desk)
    assert {key: card.assessment for key, card in before.items()} == {
        key: card.assessment for key, card in after.items()
    }
    teach(desk, Kind.PERSONAL)
    learned = cards(desk)["asker"].assessment
    shipped = before["asker"].assessment
    assert learned.probability(Kind.PERSONAL) > shipped.probability(Kind.PERSONAL)
    assert learned.probability(Kind.SOLICITATION) < shipped.probability(
        Kind.SOLICITATION
    )
    for found in learned.kinds.values():
        points = found.prior + sum(each.points for each in found.evidence)
        assert found.score == pytest.approx(points)


def test_taking_back_leads_back_to_where_it_was(desk: Desk) -> None:
    before = cards(desk)["asker"].assessment
    teach(desk, Kind.PERSONAL)
    assert desk.teaching.learned() != Learned()
    for each in PITCHES:
        desk.teaching.take_back(str(each["id"]))
    assert cards(desk)["asker"].assessment == before
    with pytest.raises(UndoError):
        desk.teaching.take_back("asker")


def test_a_reset_makes_everything_as_shipped(desk: Desk) -> None:
    before = cards(desk)["asker"].assessment
    teach(desk, Kind.PERSONAL)
    desk.decide("blank", Action.REPORT_SPAM)
    desk.teaching.reset()
    assert desk.teaching.learned() == Learned()
    assert cards(desk)["asker"].assessment == before


def test_a_desk_opened_anew_has_learned_the_same(desk: Desk) -> None:
    teach(desk, Kind.PERSONAL)
    desk.decide("blank", Action.ACCEPT)
    learned = desk.teaching.learned()
    with Desk.open(desk.settings) as anew:
        assert anew.teaching.learned() == learned
        assert anew.card("asker").assessment == desk.card("asker").assessment


def test_what_a_request_is_said_to_be_goes_before_what_was_done(desk: Desk) -> None:
    desk.decide("asker", Action.REPORT_SPAM)
    (did,) = desk.teaching.report().taught
    assert (did[0].by, did[0].action) == (Taught.DID, Action.REPORT_SPAM)
    desk.teaching.correct("asker", Kind.PERSONAL)
    (said,) = desk.teaching.report().taught
    assert (said[0].by, said[0].kind) == (Taught.SAID, Kind.PERSONAL)
    assert desk.teaching.said("asker") == said[0]


def test_a_request_can_be_kept_from_teaching(desk: Desk) -> None:
    desk.decide("asker", Action.REPORT_SPAM)
    desk.teaching.correct("asker", None)
    ((kept, _),) = desk.teaching.report().taught
    assert (kept.by, kept.kind, kept.labels) == (Taught.SAID, None, ())
    assert desk.teaching.learned() == Learned()


def test_a_decision_keeps_what_the_request_looked_like(desk: Desk) -> None:
    likeliest = desk.card("asker").assessment.leading_kind
    assert desk.decide("asker", Action.HOLD).looked_like is likeliest


def test_the_report_asks_about_each_part_without_it(desk: Desk) -> None:
    teach(desk, Kind.PERSONAL)
    report = desk.teaching.report()
    assert len(report.shipped) == len(report.own) == len(PITCHES)
    assert {each.truth for each in report.own} == {Kind.PERSONAL}
    shipped = sum(each.probabilities[Kind.PERSONAL] for each in report.shipped)
    own = sum(each.probabilities[Kind.PERSONAL] for each in report.own)
    assert own > shipped
    assert {moved.cases for moved in report.moved} >= {len(PITCHES)}
    assert Kind.PERSONAL in {kind for kind, *_ in report.shifted}


def test_facts_that_the_member_gave_count_in_what_is_learned(desk: Desk) -> None:
    for each in PITCHES[:4]:
        desk.give_fact(str(each["id"]), "contacts_count", 30_000)
    teach(desk, Kind.COLLECTOR, 4)
    assert desk.teaching.learned().cases["very_many_contacts"] == 4
    for each in PITCHES[:4]:
        desk.give_fact(str(each["id"]), "contacts_count", None)


def test_no_request_no_correction(desk: Desk) -> None:
    with pytest.raises(UnknownNameError):
        desk.teaching.correct("nobody", Kind.DANGER)


def test_own_weights_hold_before_learned_ones(tmp_path: Path) -> None:
    settings = Settings(
        database=str(tmp_path / "desk.db"), weights={"asks_for_a_call": 0.5}
    )
    with open_desk(tmp_path, PITCHES):
        pass
    with Desk.open(settings) as desk:
        teach(desk, Kind.PERSONAL)
        assert "asks_for_a_call" not in desk.teaching.learned().weights
        found = desk.card("seller-elbe").assessment.kinds[Kind.SOLICITATION].evidence
        points = {each.signal: each.points for each in found}
        assert points["asks_for_a_call"] <= 0.5
