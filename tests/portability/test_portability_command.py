"""The command ``import portability``, from the first word to the database."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest

from command_line import CommandLine
from portability.rows import MIRA, message
from portability.stand_in import TOKEN, StandIn, Trouble
from vorzimmer import portability_intake
from vorzimmer.desk import Desk
from vorzimmer.portability.client import TRIES
from vorzimmer.settings import Settings, default_database, read_settings

pytestmark = pytest.mark.usefixtures("linkedin")
ALL = {
    401: ("The token has expired", "Das Zugangstoken ist abgelaufen"),
    403: ("not for your data", "nicht für Ihre Daten"),
    426: ("no longer speaks the version", "spricht die Version"),
    429: ("had enough questions", "genug Fragen"),
    503: ("has trouble", "hat gerade Schwierigkeiten"),
    302: ("another address", "andere Adresse"),
}


@pytest.fixture
def run(tmp_path: Path) -> CommandLine:
    return CommandLine(tmp_path)


def kept(run: CommandLine) -> bytes:
    """Return every byte that lies in the folder of the database."""
    files = run.database.parent.glob("*")
    return b"".join(each.read_bytes() for each in files if each.is_file())


def test_the_first_reading_fills_the_desk_and_the_next_adds_what_is_new(
    run: CommandLine, linkedin: StandIn
) -> None:
    first = run("import", "portability")
    assert (first.exit_code, first.stdout) == (0, "")
    assert "4 new requests, 0 updated" in first.stderr
    assert "Answered long ago" in first.stderr
    rex = {**MIRA, "From": "Neu Hier", "inviterProfileUrl": "linkedin.com/in/neu-hier"}
    linkedin.domains["INVITATIONS"] = [MIRA, rex]
    linkedin.asked.clear()
    again = run("import", "portability")
    assert "1 new requests, 0 updated, 0 new ties" in again.stderr
    assert linkedin.asked_for("domain=INBOX") == 0
    with Desk.open(read_settings(run.settings)) as desk:
        assert [each.source for each in desk.imports()] == ["LinkedIn", "LinkedIn"]
        assert desk.session().open_count == 3


def test_everything_is_read_once_more_when_asked(
    run: CommandLine, linkedin: StandIn
) -> None:
    run("import", "portability")
    linkedin.asked.clear()
    result = run("import", "portability", "--again")
    assert "0 new requests, 0 updated, 0 new ties" in result.stderr
    assert linkedin.asked_for("domain=INBOX") > 0


def test_a_day_is_handed_to_the_change_log(run: CommandLine, linkedin: StandIn) -> None:
    run("import", "portability", "--since", "2026-11-01")
    assert linkedin.asked_for("startTime=1793491200000") == 1


@pytest.mark.parametrize("more", [["--again"], ["--since", "2026-11-01"]])
def test_options_of_the_interface_fit_no_file(
    run: CommandLine, more: list[str]
) -> None:
    assert run("import", run.lines, *more).exit_code == 2
    told = run("import", "portability", "--since", "gestern", LC_ALL="de_DE")
    assert told.exit_code == 2
    assert "'gestern' ist kein Tag; schreiben Sie ihn wie 2026-11-20." in told.stderr


@pytest.mark.parametrize("status", ALL)
@pytest.mark.parametrize("language", ["en", "de"])
def test_each_error_is_one_clear_sentence_and_changes_nothing(
    run: CommandLine, linkedin: StandIn, status: int, language: str
) -> None:
    linkedin.troubles = [Trouble(status, at="domain=SKILLS", times=TRIES)]
    result = run("--language", language, "import", "portability")
    assert result.exit_code == 1
    assert result.stderr.startswith("vorzimmer: ")
    assert "LinkedIn" in result.stderr
    assert ALL[status][language == "de"] in result.stderr
    assert "Traceback" not in result.output
    with Desk.open(read_settings(run.settings)) as desk:
        assert desk.is_new()


def test_a_missing_token_is_told_before_anything_is_asked(
    run: CommandLine, linkedin: StandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("vorzimmer.portability.tokens._in_keyring", lambda: None)
    result = run("import", "portability", VORZIMMER_PORTABILITY_TOKEN=None)
    assert result.exit_code == 1
    assert "no token yet" in result.stderr
    assert linkedin.asked == []


@pytest.mark.parametrize("trouble", [None, 401, 403, 429, 503])
def test_the_token_lies_in_no_file_log_or_output(
    run: CommandLine,
    linkedin: StandIn,
    trouble: int | None,
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG)
    linkedin.events = [message(1, "Hallo")]
    if trouble:
        linkedin.troubles = [Trouble(trouble, at="domain=INBOX", times=TRIES)]
    result = run("import", "portability")
    assert result.exit_code == bool(trouble)
    everything = kept(run) + (result.output + caplog.text).encode()
    assert b"mira-muster" in everything
    assert TOKEN.encode() not in everything
    assert TOKEN[4:20].encode() not in everything


def test_ctrl_c_keeps_the_pages_and_says_so(
    run: CommandLine, linkedin: StandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    turns_to = portability_intake._Watch.turns_to  # noqa: SLF001 - where a person would press it

    def pressed(self: portability_intake._Watch, domain: str) -> None:
        turns_to(self, domain)
        if domain == "INBOX":
            raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(portability_intake._Watch, "turns_to", pressed)  # noqa: SLF001 - the same
        result = run("import", "portability")
    assert result.exit_code == 130
    assert "goes on from there" in result.stderr
    linkedin.asked.clear()
    assert "4 new requests" in run("import", "portability").stderr
    assert linkedin.asked_for("domain=PROFILE&start=0") == 0
    assert list(run.database.parent.glob("*-portability")) == []


@pytest.mark.parametrize(
    ("database", "beside"),
    [
        ("own.db", Path("own.db-portability")),
        ("/data/own.db", Path("/data/own.db-portability")),
        ("sqlite:///own.db", Path("own.db-portability")),
        ("sqlite:////data/own.db", Path("/data/own.db-portability")),
        (
            "postgresql://u@h/n",
            default_database().with_name("vorzimmer.db-portability"),
        ),
        (":memory:", None),
        ("sqlite:///:memory:", None),
        ("sqlite://", None),
    ],
)
def test_pages_lie_beside_the_database(database: str, beside: Path | None) -> None:
    assert portability_intake.spool_beside(Settings(database=database)) == beside
