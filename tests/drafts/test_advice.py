"""When likely advertising is better not sent, and when it is for the writer to mend."""

from __future__ import annotations

import pytest

from vorzimmer.drafts import Advice, Recipient, check
from vorzimmer.drafts.about_reader import only_asks, quotes_reader
from vorzimmer.drafts.checking import facts_of
from vorzimmer.drafts.draft import Draft
from vorzimmer.model import Channel, Kind

# Honest offers that take up what the reader wrote.
OFFERS = (
    (
        "Guten Tag Frau Brandt, in Ihrem Jahresbericht schreiben Sie auf Seite"
        " 14, dass das Leergut nass zurückkommt. Wir bauen kleine Trockentunnel"
        " für Kisten, drei davon laufen in Bremen. Darf ich Ihnen zwei Seiten mit"
        " den Zahlen schicken? Wenn es nicht passt, genügt ein kurzes Nein."
        " Freundliche Grüße, Ole Kruse"
    ),
    (
        "Guten Tag Herr Thoms, Sie schrieben am 3. Mai, dass Ihre Scanner bei"
        " Regen ausfallen. Wir verkaufen ein Gehäuse für dieses Modell, 40 Euro"
        " das Stück. Ich leihe Ihnen gern eines für zwei Wochen. Viele Grüße,"
        " Lars Ebel"
    ),
    (
        "Hello Ms Brandt, your annual report says on page 14 that empties come"
        " back wet. Our company offers drying tunnels for crates. May I send you"
        " two pages with the figures? If it does not fit, just say so. Regards,"
        " Ole Kruse"
    ),
    (
        "Dear Ms Haines, in your own report on the library you write that two of"
        " the three book lifts stood still in winter. We offer repairs of that"
        " make and still have the spare parts. Would a written estimate help your"
        " budget talks? If not, no reply is needed. Kind regards, Ida Roth"
    ),
    (
        "Hello Ms Haines, we make archival boxes in Dundee. I saw on your tender notice"
        " of 3 March that you need 400 of them in size A2. May I send you our sizes and"
        " prices? Regards, Fiona Reid"
    ),
    (
        "Sehr geehrte Frau Brandt, Ihrer Ausschreibung vom 3. März entnehme ich, dass"
        " Sie 400 Archivboxen suchen. Wir stellen solche in Wels her. Darf ich Ihnen"
        " Maße und Preise schicken? Freundliche Grüße, Ida Roth"
    ),
)
# The same trade, and nothing that is for this reader alone.
FOR_ANYBODY = (
    (
        "Guten Tag Frau Brandt, wir sind Spezialisten für digitale"
        " Neukundengewinnung und unterstützen Unternehmen wie Ihres. Haben Sie"
        " Zeit für ein kurzes Gespräch?"
    ),
    (
        "Guten Tag, ich habe Ihren Bericht mit Begeisterung gelesen! Wir bieten"
        " Lösungen, mit denen Firmen wie Ihre planbar Leads gewinnen. Wann passt"
        " ein Anruf?"
    ),
    (
        "Hello Ms Brandt, I work for a software company that offers solutions for"
        " logistics. I would love to show you how our clients save costs. Would"
        " you be open to a short call next week?"
    ),
    (
        "Hi, I loved your article! We help companies like yours to double their"
        " leads in 30 days. Do you have 15 minutes this week?"
    ),
)
QUESTIONS = (
    "Guten Tag, wer kümmert sich bei Ihnen um Rücksendungen aus Dänemark?",
    "Hallo Lea, läuft das neue ERP in Kiel schon? Unseres startet im Mai.",
    "Vermieten Sie die Halle in Emden auch tageweise?",
    "Hello Ms Abel, do you have a power hook-up for your market stall yet?",
)


def facts_with(text: str) -> bool:
    return quotes_reader(facts_of(Draft(text=text)))


@pytest.mark.parametrize("text", OFFERS)
def test_an_offer_that_takes_up_what_its_reader_wrote_may_be_mended(text: str) -> None:
    checked = check(text, channel=Channel.MESSAGE)
    assert checked.advice is not Advice.BETTER_NOT_SEND
    assert "no_reason" not in {each.rule for each in checked.findings}


def test_it_is_told_how_it_would_be_seen_all_the_same() -> None:
    pitch = f"{FOR_ANYBODY[3]} In your report you write that leads are missing."
    checked = check(pitch, channel=Channel.MESSAGE)
    assert checked.mirror.kind is Kind.SOLICITATION
    assert checked.advice is Advice.MEND
    assert "It would be seen as advertising (" in str(checked.reasons[0])


@pytest.mark.parametrize("text", FOR_ANYBODY)
def test_advertising_for_anybody_is_better_not_sent(text: str) -> None:
    assert check(text, channel=Channel.MESSAGE).advice is Advice.BETTER_NOT_SEND


@pytest.mark.parametrize("text", QUESTIONS)
def test_a_short_question_is_never_stopped_for_the_text_model_alone(text: str) -> None:
    assert only_asks(facts_of(Draft(text=text)))
    checked = check(text, Recipient(), channel=Channel.MESSAGE)
    assert checked.advice is not Advice.BETTER_NOT_SEND


@pytest.mark.parametrize("text", [*QUESTIONS, "Hi Priya, is your API open to schools?"])
def test_below_even_odds_a_question_is_not_called_advertising(text: str) -> None:
    checked = check(text, Recipient(), channel=Channel.MESSAGE)
    told = "seen as advertising" in " ".join(map(str, checked.reasons))
    assert told is (checked.mirror.probabilities[Kind.SOLICITATION] >= 0.5)


@pytest.mark.parametrize(
    ("text", "is_quoted"),
    [
        ("In Ihrem Vortrag sagten Sie, dass Krane singen.", True),
        ("Ihr Artikel nennt drei Gründe, warum Kisten fehlen.", True),
        ("Du schriebst neulich, wie ihr Paletten zählt.", True),
        ("Your talk in Kiel showed us a lot. It was great.", False),
        ("In your 2025 post you mentioned that cranes sing.", True),
        ("You said on 4 May that the lift stands still.", True),
        ("Ich habe Ihren Beitrag mit Begeisterung gelesen!", False),
        ("I came across your article and loved it.", False),
        ("Ihr Profil sagt mir, dass Sie wachsen wollen.", False),
        ("Your profile shows that you care about growth.", False),
    ],
)
def test_to_quote_is_to_say_what_somebody_wrote(text: str, *, is_quoted: bool) -> None:
    assert facts_with(text) is is_quoted


def test_nobody_is_told_how_to_insult_more_politely() -> None:
    checked = check("Sie Idiot, antworten Sie endlich auf meine Fragen vom Mai!!")
    assert checked.advice is Advice.BETTER_NOT_SEND
    assert {each.rule for each in checked.findings} == {"insults"}


def test_what_may_be_sent_and_is_seen_as_a_default_text_says_so() -> None:
    checked = check("Hello Ellen, I heard your talk in York. Let's connect!")
    assert checked.advice is Advice.SEND
    assert checked.mirror.kind is Kind.STANDARD
    assert "default text" in str(checked.reasons[0])
    better = check("Hello Ellen, I heard your talk in York. Which glue did you use?")
    assert better.mirror.kind is Kind.PERSONAL
    assert "default text" not in str(better.reasons[0])


def test_of_a_text_in_another_language_little_is_said() -> None:
    checked = check(
        "Bonjour Madame Dubois, j'ai lu votre article sur le verre et j'aimerais vous"
        " poser une question sur la page 3. Merci, Anna Berger"
    )
    assert checked.language == "fr"
    assert not checked.findings
    assert "German and English" in str(checked.reasons[0])


def test_a_word_among_people_who_know_each_other_needs_no_reason() -> None:
    friend = Recipient(name="Katrin Brandt", is_acquainted=True)
    assert check("Danke, Katrin!", friend).advice is Advice.SEND
    assert check("Danke, Katrin!").advice is Advice.MEND


def test_who_offers_what_is_sought_is_told_to_begin_with_that() -> None:
    text = (
        "Guten Tag Frau Brandt, Sie suchen laut Profil einen Anbieter für Gitterboxen."
        " Wir fertigen solche in Wels. Darf ich Ihnen ein Angebot schicken? Jan Kern"
    )
    seeking = Recipient(name="Katrin Brandt", seeks=("Gitterboxen",))
    told = " ".join(map(str, check(text, seeking, channel=Channel.INMAIL).reasons))
    assert "at the very beginning" in told
    assert "only this person" not in told
