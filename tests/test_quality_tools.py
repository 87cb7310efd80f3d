"""The tools behind the quality page, on small data of our own."""

from __future__ import annotations

import csv
import gzip
import json
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from case_sections import CaseSet, curves, groups_section, leading_statements, section
from judging import Case, Scored, judged_of
from markdown_parts import percent, plain, share, table
from measures import area, area_interval, caught, f1, kinds_of, macro_f1
from public_data import (
    Comparison,
    PublicText,
    comparisons,
    read_public_notes,
    read_public_profiles,
    read_public_texts,
)
from quality_goals import at_least, at_most, goals_section, taken_for_hostile
from reliability_picture import picture
from signal_figures import Tally
from text_sections import called_bad, profiles_section, sides, texts_section
from vorzimmer.model import Assessment, Evidence, Kind, KindScore
from vorzimmer.quality import Bin, Judged, KindFigures, Share
from vorzimmer.signals import signals_by_name

SCORES = st.lists(st.integers(-3, 3).map(float), min_size=1, max_size=20)


def judged(name: str, found: Kind, truth: Kind | None, sure: float = 0.9) -> Judged:
    probabilities = dict.fromkeys(Kind, 0.1) | {found: sure}
    evidence = (Evidence("insult", 1.5, "du | Esel"),)
    return Judged(name, probabilities, truth, evidence=evidence)


def scored(source: str, lang: str, score: float, *, is_bad: bool | None) -> Scored:
    found = Kind.DANGER if score > 1 else None
    text = PublicText(f"{source}{score}", source, lang, is_bad, "secret words")
    return Scored(text, score, found, ("money_promise",) if found else ())


CASES = (
    Case(judged("a", Kind.PERSONAL, Kind.PERSONAL), "de", "guide", "Hallo Ruth"),
    Case(judged("b", Kind.ABUSE, Kind.PERSONAL), "en", "tool", "Hi * Tom"),
    Case(judged("c", Kind.DANGER, Kind.DANGER, 0.4), "de", "tool", "Ihr Konto"),
)
TEXTS = (
    scored("mails", "en", 0.5, is_bad=False),
    scored("mails", "en", 2.5, is_bad=False),
    scored("mails", "en", 3.5, is_bad=True),
    scored("lures", "en", 1.5, is_bad=True),
    scored("lures", "en", 0.1, is_bad=True),
    scored("codealltag_fin", "de", 0.2, is_bad=False),
    scored("lures", "de", 3.0, is_bad=True),
    scored("offers", "de", 0.3, is_bad=None),
)


def test_the_area_counts_pairs_in_the_right_order() -> None:
    # Of 2 · 3 pairs, 4 are in order and one is even.
    assert area([2.0, 5.0], [1.0, 2.0, 3.0]) == pytest.approx(4.5 / 6)
    assert area([], [1.0]) is None
    assert area([1.0], []) is None


@given(SCORES, SCORES)
def test_the_area_is_the_share_of_pairs(bad: list[float], good: list[float]) -> None:
    pairs = [(b > g) + (b == g) / 2 for b in bad for g in good]
    assert area(bad, good) == pytest.approx(sum(pairs) / len(pairs))


def test_the_interval_of_an_area_is_hanleys() -> None:
    # A = 0.8, 50 and 50: Q1 = 2/3, Q2 = 0.7111…, standard error 0.0450.
    found = area_interval(0.8, bad=50, good=50)
    assert found == pytest.approx((0.7118, 0.888), abs=2e-3)
    assert area_interval(1.0, bad=5, good=5) == (1.0, 1.0)


def test_the_limit_lets_no_more_false_alarms_through_than_allowed() -> None:
    good = [float(score) for score in range(100)]
    assert caught([97.0, 97.5, 98.0, 200.0], good) == Share(3, 4)
    assert caught([5.0, 6.0], [5.0] * 10) == Share(1, 2)
    assert caught([5.0], []) == Share(0, 0)


@given(SCORES, SCORES, st.floats(0, 1))
def test_a_laxer_limit_catches_no_less(
    bad: list[float], good: list[float], allowed: float
) -> None:
    strict = caught(bad, good, false_alarms=allowed / 2)
    assert strict.hits <= caught(bad, good, false_alarms=allowed).hits <= len(bad)


def test_f1_is_the_harmonic_mean() -> None:
    assert f1(KindFigures(Share(1, 2), Share(1, 1))) == pytest.approx(2 / 3)
    assert f1(KindFigures(Share(0, 0), Share(0, 4))) == 0.0


def test_macro_f1_is_the_mean_over_the_kinds_that_occur() -> None:
    cases = [case.judged for case in CASES]
    assert kinds_of(cases) == [Kind.PERSONAL, Kind.DANGER]
    # Personal: precision 1, recall 1/2; danger: unsure, so nothing.
    assert macro_f1(cases) == pytest.approx((2 / 3 + 0) / 2)
    assert macro_f1(cases, fewest=2) == pytest.approx(2 / 3)
    assert macro_f1([]) is None


def test_what_stands_in_a_table_does_not_break_it() -> None:
    assert plain("a | b\n*c* `d`", most=50) == "a \\| b \\*c\\* \\`d\\`"
    assert plain("word " * 50, most=12) == "word word w…"
    assert table(("x",), [(1,)]) == "| x |\n| --- |\n| 1 |"


def test_shares_are_told_with_their_interval() -> None:
    assert share(Share(8, 10)) == "80.0 % [49.0–94.3]"
    assert (share(Share(0, 0)), percent(None)) == ("–", "–")


def test_evidence_is_what_spoke_for_the_leading_kind() -> None:
    spoke = tuple(Evidence("insult", points, "Esel") for points in (4.0, -1.0, 0.5))
    nothing = KindScore(-2.0, 0.12, -2.0, (Evidence("blank_note", 0.1, "x"),))
    kinds = dict.fromkeys(Kind, nothing) | {Kind.ABUSE: KindScore(2, 0.88, -2, spoke)}
    case = judged_of("x", Assessment("x", kinds), Kind.DANGER)
    assert (case.found, case.truth) == (Kind.ABUSE, Kind.DANGER)
    assert [each.points for each in case.evidence] == [4.0, 0.5]


def test_a_section_tells_confusion_figures_and_mistakes() -> None:
    told = section(CaseSet("Ours", "Words.", CASES))
    assert "| personal | 2 | · | 1 | · | · | · | · | · | · | 1 | · |" in told
    assert "#### German: ours" in told
    assert "| b | personal | abuse 90.0 % |" in told
    assert "“du \\| Esel”" in told
    assert "Hi \\* Tom" in told


def test_no_word_of_others_is_shown() -> None:
    cases = [Case(case.judged, case.lang, case.group) for case in CASES]
    told = section(CaseSet("Theirs", "Words.", cases))
    assert "`insult` +1.5" in told
    assert "Esel" not in told
    assert "secret words" not in texts_section(TEXTS, [])


def test_the_likeliest_kind_is_one_statement_a_request() -> None:
    found = leading_statements([case.judged for case in CASES])
    assert found == [(0.9, True), (0.9, False), (0.4, True)]


def test_the_parts_of_a_set_are_told_by_name() -> None:
    told = groups_section("Parts", CaseSet("Ours", "", CASES))
    assert "| guide | 1 | 100.0 %" in told
    assert "| tool | 2 | 0.0 %" in told


def test_bad_texts_are_held_against_the_good_ones_of_their_language() -> None:
    found = comparisons([each.text for each in TEXTS])
    assert found == [
        Comparison("de", "lures", ("codealltag_fin",)),
        Comparison("en", "lures", ("mails",)),
        Comparison("en", "mails", ("mails",)),
    ]
    assert sides(TEXTS, found[1]) == ([1.5, 0.1], [0.5, 2.5])


def test_called_bad_is_what_a_bad_kind_leads() -> None:
    assert called_bad(TEXTS, "en", "mails", bad=False) == Share(1, 2)
    assert called_bad(TEXTS, "en", "lures", bad=True) == Share(1, 2)


def test_the_section_on_texts_tells_what_was_left_out() -> None:
    other = PublicText("1", "lures", "fr", is_bad=True, text="x")
    told = texts_section(TEXTS, [other])
    assert "| fr | lures | 1 |" in told
    assert (
        "| English | mails, its own good ones | 1 | 2 | 1.000 [1.000–1.000] |" in told
    )
    assert "| `mails2.5` | mails | English | good | danger | 2.50 |" in told
    assert "outreach template" in told


def test_a_goal_says_whether_it_is_held() -> None:
    goals = [
        at_least("a", 0.5, 0.5, "0.5"),
        at_most("b", 0.1, 0.2, "0.2"),
        at_least("c", 0.5, None, ""),
    ]
    assert [each.is_held for each in goals] == [True, False, None]
    assert "| c | ≥ 0.5 | – | not measured |" in goals_section(goals)


def test_a_friend_taken_for_somebody_hostile_is_counted() -> None:
    assert taken_for_hostile([case.judged for case in CASES]) == Share(1, 2)


def test_the_picture_has_a_dot_for_each_bin_and_is_well_formed() -> None:
    bins = [Bin(0.1, Share(1, 10)), Bin(0.9, Share(9, 10))]
    drawn = picture({"A < B": {"one": bins, "other": bins[:1]}, "C": {"one": []}})
    root = ET.fromstring(drawn)  # noqa: S314 - made a line above
    dots = [each for each in root.iter() if each.tag.endswith("circle")]
    # Three bins, and a dot for each of the three names.
    assert len(dots) == 6
    assert "A &lt; B" in drawn


def test_curves_are_of_the_kinds_that_are_known() -> None:
    found = curves(CaseSet("Ours", "", CASES, (Kind.PERSONAL,)))
    assert sum(each.true.count for each in found["every kind"]) == len(CASES)


def test_without_the_data_there_is_nothing(tmp_path: Path) -> None:
    assert read_public_notes(tmp_path) == []
    assert read_public_texts(tmp_path) == []
    assert read_public_profiles(tmp_path) == []


def test_public_notes_are_read_with_our_words(tmp_path: Path) -> None:
    (tmp_path / "notes").mkdir()
    row = {"id": "1", "lang": "de", "label": "scam", "provenance": "received"}
    row |= {"kind": "first_message", "text": "Hallo"}
    (tmp_path / "notes" / "dev.jsonl").write_text(json.dumps(row) + "\n", "utf-8")
    (note,) = read_public_notes(tmp_path)
    assert (note.truth, note.channel) == (Kind.DANGER, "message")


def test_public_texts_are_read_with_their_labels(tmp_path: Path) -> None:
    (tmp_path / "text").mkdir()
    rows = [("1", "s", "de", "1.0", "", "a"), ("2", "s", "de", "", "", "b\nc")]
    path = tmp_path / "text" / "text_dev.csv.gz"
    with gzip.open(path, "wt", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(("id", "source", "lang", "label", "note", "text"))
        writer.writerows(rows)
    found = read_public_texts(tmp_path)
    assert [(each.is_bad, each.text) for each in found] == [(True, "a"), (None, "b\nc")]


def test_accounts_become_senders_with_as_many_digits(tmp_path: Path) -> None:
    (tmp_path / "profiles").mkdir()
    (tmp_path / "profiles" / "instafake.csv").write_text(
        "userHasProfilPic,usernameDigitCount,usernameLength,userBiographyLength,isFake\n"
        "0,5,8,0,1\n",
        "utf-8",
    )
    (account,) = read_public_profiles(tmp_path)
    assert account.sender.has_picture is False
    assert account.sender.profile_url == "https://www.linkedin.com/in/aaa77777"
    assert account.is_invented
    told = profiles_section([account], {"picture": [(1.0, True)]})
    assert "| instafake | picture | 1 | 0 | – | 100.0 %" in told


def test_a_signal_is_right_where_it_speaks_for_what_is_so() -> None:
    tally = Tally()
    named = signals_by_name()
    tally.add({Kind.UNVERIFIABLE}, [(named["no_picture"], 1.4)])
    tally.add((), [(named["no_picture"], 1.4), (named["threat"], 2.0)])
    tally.add((), [(named["has_picture"], -0.6)])
    rows = tally.table([named["no_picture"], named["has_picture"], named["insult"]])
    first, second, third = rows.splitlines()[2:]
    assert "| 2 | 50.0 %" in first
    assert first.endswith("| 33.3 % |")
    assert "| 1 | 100.0 %" in second
    assert second.endswith("| 66.7 % |")
    assert "| 0 | – | 0.0 % |" in third
