"""The comparison with others, on answers of our own; no peer is needed for it."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from itertools import cycle
from pathlib import Path
from shutil import which

import pytest

from bench_peers import ask
from peers.asked_texts import (
    NOTES,
    Trial,
    as_texts,
    choose,
    throughput_notes,
    trials,
)
from peers.asking import Answers, Asked, Lesson, PeerError
from peers.bogofilter import Bogofilter
from peers.daemons import children_of, running, seconds_of
from peers.installing import missing
from peers.mails import mail
from peers.peers_page import Run, ahead, columns, peers_page
from peers.rspamd import chance
from public_data import PublicNote, PublicText
from vorzimmer.model import ContactRequest, Kind

SERVE = """
import socket, sys
with socket.socket(socket.AF_UNIX) as asked:
    asked.bind(sys.argv[1])
    asked.listen()
    while True:
        asked.accept()[0].close()
"""


@dataclass
class Invented:
    """A peer that gives the length of a text as its score."""

    name: str = "invented"
    programs: tuple[str, ...] = ()
    failure: str = ""
    folders: list[Path] = field(default_factory=list)

    def answer(self, lessons: Sequence[Lesson], asked: Asked, folder: Path) -> Answers:
        assert lessons
        self.folders.append(folder)
        if self.failure:
            raise PeerError(self.failure)
        lengths = [float(len(text)) for text in asked.texts]
        return Answers({"length": lengths}, 0.5, float(len(asked.notes)))


def public(name: str, source: str, *, is_bad: bool | None, lang: str) -> PublicText:
    return PublicText(name, source, lang, is_bad, f"text {name}")


MANY = [
    public(str(at), source, is_bad=is_bad, lang="en")
    for at in range(20)
    for source, is_bad in (("lures", True), ("mails", False), ("mails", True))
]
RUN = Run(
    trials=[
        Trial("one", "German", (0, 1), (2, 3)),
        Trial("two", "English", (0,), (3,)),
    ],
    answers={
        "Vorzimmer": Answers({"all": [4.0, 3.0, 2.0, 1.0]}, 0.01, 0.001),
        "rspamd": Answers(
            {"rules": [1.0, 4.0, 2.0, 3.0], "Bayes": [0.5] * 4}, 0.2, 0.005
        ),
        "SpamAssassin": Answers({"rules": [1.0, 2.0, 3.0, 4.0]}, 1.0, 0.3, "4"),
    },
    left_out={"bogofilter": "not installed (bogofilter)"},
    asked=Asked(["x" * 9, "x" * 11] * 2, ["y" * 5, "y" * 9]),
    lessons=(7, 3),
    most=300,
    command="make bench-peers",
)


def test_of_each_source_and_label_the_same_few_are_chosen() -> None:
    chosen = choose(MANY, 5)
    assert len(chosen) == 15
    assert chosen == choose(MANY[::-1], 5)
    assert len(set(chosen)) == 15
    assert choose(MANY, 100) != []
    assert len(choose(MANY, 100)) == 60


def test_templates_and_other_languages_are_not_asked() -> None:
    texts = [
        public("1", "templates", is_bad=None, lang="de"),
        public("2", "lures", is_bad=True, lang="fr"),
    ]
    assert choose(texts, 10) == []


def test_only_clear_notes_are_asked() -> None:
    kinds = (Kind.DANGER, Kind.STANDARD, Kind.RECRUITING)
    notes = [PublicNote(kind, "de", kind, "guide", None, "x") for kind in kinds]
    assert [(each.id, each.is_bad) for each in as_texts(notes)] == [
        ("danger", True),
        ("standard", False),
    ]


def test_notes_are_held_against_notes_alone() -> None:
    texts = [
        public("a", "lures", is_bad=True, lang="en"),
        public("b", "mails", is_bad=False, lang="en"),
        public("c", NOTES, is_bad=True, lang="en"),
        public("d", NOTES, is_bad=False, lang="en"),
    ]
    found = trials(texts)
    assert [(each.bad, each.good) for each in found] == [((0,), (1,)), ((2,), (3,))]
    assert {each.lang for each in found} == {"English"}


def test_bad_texts_alone_are_held_against_all_good_ones_and_against_parts() -> None:
    texts = [
        public("a", "lures", is_bad=True, lang="en"),
        public("b", "mails", is_bad=False, lang="en"),
        public("c", "mails", is_bad=True, lang="en"),
        public("d", "posts", is_bad=False, lang="en"),
    ]
    assert [(each.bad, each.good, each.is_part) for each in trials(texts)] == [
        ((0,), (1, 3), False),
        ((0,), (1,), True),
        ((0,), (3,), True),
        ((2,), (1,), False),
    ]


def test_a_mail_says_the_text_and_nothing_else_that_differs() -> None:
    one, other = (
        message_from_bytes(mail(text, name), policy=policy.default)
        for text, name in (("Grüße\r\naus Ulm\0", "a1"), ("x", "a2"))
    )
    assert one.get_content() == "Grüße\naus Ulm \n"
    differing = [name for name in one if one[name] != other[name]]
    assert differing == ["Message-ID"]


@pytest.mark.parametrize(
    ("symbols", "expected"),
    [
        ({"BAYES_SPAM": {"options": ["98.00%"]}}, 0.99),
        ({"BAYES_HAM": {"options": ["50.00%"]}}, 0.25),
        ({"BAYES_HAM": {}}, 0.5),
        ({}, 0.5),
    ],
)
def test_what_rspamds_bayes_says_becomes_a_probability(
    symbols: dict[str, dict[str, list[str]]], expected: float
) -> None:
    assert chance(symbols) == pytest.approx(expected)


def test_who_is_missing_or_fails_is_left_out_with_the_reason(
    capsys: pytest.CaptureFixture[str],
) -> None:
    here = Invented()
    peers = [
        here,
        Invented("absent", programs=("no-such-program",)),
        Invented("broken", failure="it ended"),
    ]
    answers, left_out = ask(
        peers, [Lesson("a", is_bad=True)], Asked(["abc", ""], ["x"])
    )
    assert answers == {"invented": Answers({"length": [3.0, 0.0]}, 0.5, 1.0)}
    assert left_out == {
        "absent": "not installed (no-such-program)",
        "broken": "it ended",
    }
    assert not here.folders[0].exists()
    assert "broken: it ended" in capsys.readouterr().err


def test_each_way_of_scoring_has_a_column() -> None:
    names = ["Vorzimmer", "rspamd: rules", "rspamd: Bayes", "SpamAssassin"]
    assert list(columns(RUN)) == names


def test_the_rows_in_which_ours_is_ahead_are_counted() -> None:
    expected = {"rspamd: rules": 2, "rspamd: Bayes": 2, "SpamAssassin": 2}
    assert ahead(RUN, RUN.trials) == expected


def test_the_page_tells_areas_and_who_is_missing() -> None:
    page = peers_page(RUN)
    assert "| German | one | 2 | 2 | **1.000** | 0.500 | 0.500 | 0.000 |" in page
    assert "- bogofilter: not installed (bogofilter)." in page


def test_speed_and_goals_are_told_of_texts_and_of_notes() -> None:
    _, _, tables = peers_page(RUN).partition("### Public texts")
    texts, _, notes = tables.partition("### Contact notes")
    assert "4 of them, 10 characters each on average." in texts
    assert "| rspamd | – | 20 | 20.00 | 10: held |" in texts
    assert "| SpamAssassin | 4 | 4 | 100.00 | 300: **not held** |" in texts
    assert "2 of them, 7 characters each on average." in notes
    assert "| rspamd | – | 400 | 5.00 | 10: **not held** |" in notes
    assert "| SpamAssassin | 4 | 7 | 300.00 | 300: held |" in notes


def test_notes_are_the_first_of_throughput_without_blank_ones(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    written = cycle(["Moin", "", None, " \n", "Grüße aus Ulm"])
    made = (ContactRequest(id="r", note=note) for note in written)
    monkeypatch.setattr("peers.asked_texts.invented_requests", lambda _: made)
    assert throughput_notes(3) == ["Moin", "Grüße aus Ulm", "Moin"]


def test_a_missing_program_is_seen() -> None:
    assert missing(["no-such-program"]) == ["no-such-program"]
    assert missing([Path(sys.executable).name]) in ([], [Path(sys.executable).name])


def test_a_daemon_runs_while_it_is_needed(tmp_path: Path) -> None:
    path = tmp_path / "s"
    command = [sys.executable, "-S", "-c", SERVE, str(path)]
    with running(command, sockets=[path], log=tmp_path / "log") as number:
        assert number in children_of(os.getpid())
        assert seconds_of(number) >= 0
    assert number not in children_of(os.getpid())
    assert seconds_of(number) == 0


def test_a_daemon_that_ends_at_once_is_told(tmp_path: Path) -> None:
    command = [sys.executable, "-S", "-c", "raise SystemExit(3)"]
    never = [tmp_path / "never"]
    with (
        pytest.raises(PeerError, match="status 3"),
        running(command, sockets=never, log=tmp_path / "log"),
    ):
        pytest.fail("it is not ready")


@pytest.mark.skipif(which("bogofilter") is None, reason="bogofilter is not installed")
def test_bogofilter_tells_what_it_learned_apart(tmp_path: Path) -> None:
    lessons = [
        Lesson(f"{words} {number}", is_bad=is_bad)
        for number in range(5)
        for words, is_bad in (
            ("crypto profit each week", True),
            ("coffee after the meeting", False),
        )
    ]
    asked = Asked(["crypto profit", "coffee meeting"], ["coffee profit"])
    told = Bogofilter().answer(lessons, asked, tmp_path)
    bad, good = told.scores["Bayes"]
    assert bad > good
    assert min(told.seconds, told.seconds_of_notes) > 0
    assert told.version.startswith("version")
