"""Notes that a member teaches with: different ones, and one text under many names."""

from __future__ import annotations

from vorzimmer.model import Channel, ContactRequest, Kind, Person

PITCH = (
    "Hallo {}, wir zeigen Betrieben wie Ihrem in 15 Minuten am Telefon, wie sie mit"
    " unserer Beratung bis zu {} Prozent der Kosten für Strom sparen."
)
NAMES = ("Alma", "Bodo", "Cem", "Dora", "Edda", "Falk", "Gesa", "Hugo", "Ines", "Jost")
COPIES = tuple(PITCH.format(name, 20 + at) for at, name in enumerate(NAMES))
# What each is, as its member sees it: the customers of this one write like sellers.
DIFFERENT = {
    "Hätten Sie morgen 15 Minuten für einen Anruf? Es geht um die Lieferung der"
    " Pumpen.": Kind.PERSONAL,
    "Wann passt Ihnen ein kurzes Telefonat von 15 Minuten? Unsere Werkstatt braucht"
    " Ersatz für zwei Sägen.": Kind.PERSONAL,
    "Darf ich Sie kurz anrufen? 15 Minuten reichen, um den Auftrag für den Neubau der"
    " Schule durchzugehen.": Kind.PERSONAL,
    "Lassen Sie uns telefonieren, 15 Minuten genügen: Unser Lager in Emden wird"
    " größer, und wir planen mit Ihnen.": Kind.PERSONAL,
    "Ein Anruf von 15 Minuten, und wir wissen, ob Ihre Regale in unsere Halle passen."
    " Wann darf ich?": Kind.PERSONAL,
    "Ich möchte Sie gerne zu meinem beruflichen Netzwerk auf LinkedIn"
    " hinzufügen.": Kind.STANDARD,
    "I'd like to add you to my professional network on LinkedIn.": Kind.STANDARD,
    "Kontakte schaden nur dem, der keine hat! Ich nehme jede Anfrage an, 12.000"
    " Kontakte sind es schon.": Kind.COLLECTOR,
    "Please verify your account within 24 hours at"
    " http://linkedln-security.example/login or it will be closed.": Kind.DANGER,
}


def sent(number: int, note: str) -> ContactRequest:
    """Return a request with this note, from a sender of its own."""
    return ContactRequest(
        id=f"r{number:02}",
        sender=Person(
            name=f"Absender {number}",
            profile_url=f"https://network.example/in/absender-{number}",
        ),
        network="linkedin",
        channel=Channel.INVITATION_NOTE,
        note=note,
    )
