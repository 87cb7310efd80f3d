"""What is said of a draft, in the forms for programs: JSON and SARIF; pure.

Source: Static Analysis Results Interchange Format (SARIF) version 2.1.0, OASIS
Standard, 27 March 2020.
"""

from __future__ import annotations

from typing import Any

import msgspec

from vorzimmer.answer import json_line
from vorzimmer.drafts.draft import Advice, Checked, Finding, Severity, UnderCard
from vorzimmer.drafts.rules import all_rules
from vorzimmer.model import Sentence, say
from vorzimmer.translation import Translator

ADVICE: dict[Advice, Sentence] = {
    Advice.SEND: say("You can send it."),
    Advice.MEND: say("Mend it first."),
    Advice.BETTER_NOT_SEND: say("Better not send it."),
}
_LEVELS = {Severity.HINT: "note", Severity.MEND: "warning", Severity.STOP: "error"}
_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_DECIMALS = 4


def answer_fields(checked: Checked, _: Translator) -> dict[str, Any]:
    """Return the fields of the JSON form; spans are characters, ``[start, end)``."""
    mirror = checked.mirror
    relevance = checked.relevance
    return {
        "verdict": checked.advice.value,
        "reasons": [_.say(each) for each in checked.reasons],
        "findings": [_finding(each, _) for each in checked.findings],
        "seen_as": {
            "kind": mirror.kind.value if mirror.kind else None,
            "probabilities": {
                kind.value: round(p, _DECIMALS)
                for kind, p in mirror.probabilities.items()
            },
            "evidence": [
                {"signal": each.signal, "quote": _.say(each.quote), "span": each.span}
                for each in mirror.evidence
            ],
            "policy": mirror.policy,
            "action": mirror.action.value,
            "clause": mirror.clause,
            "card": None if mirror.under_card is None else _card(mirror.under_card, _),
        },
        "relevance": None
        if relevance is None
        else {
            "missing": list(relevance.missing),
            "shared": [list(pair) for pair in relevance.shared],
            "is_shown": relevance.is_shown,
            "text": _.say(relevance.says),
        },
        "law": " ".join(_.say(each) for each in checked.law),
        "language": checked.language or None,
    }


def _card(said: UnderCard, _: Translator) -> dict[str, Any]:
    return {
        "sort": said.sort.value if said.sort else None,
        "outcome": said.outcome.value,
        "text": " ".join(_.say(each) for each in said.says),
    }


def draft_answer(checked: Checked, _: Translator) -> str:
    """Return the JSON form as one line with its end."""
    return json_line(answer_fields(checked, _))


def _finding(found: Finding, _: Translator) -> dict[str, Any]:
    return {
        "rule": found.rule,
        "severity": found.severity.value,
        "text": _.say(found.says),
        "why": _.say(found.why),
        "mend": _.say(found.mend),
        "quote": found.quote,
        "span": found.span,
        "suggestion": found.suggestion,
    }


def sarif(checked: Checked, _: Translator, *, file: str) -> str:
    """Return the findings as SARIF 2.1.0, for editors.

    Args:
        checked: What is said of the draft.
        _: In which language.
        file: Name of the file; ``"-"`` is standard input.
    """
    log = {
        "$schema": _SCHEMA,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {
                    "driver": {
                        "name": "vorzimmer",
                        "rules": [_rule(each, _) for each in _used(checked)],
                    }
                },
                "columnKind": "unicodeCodePoints",
                "results": [
                    _result(each, _, text=checked.draft.text, file=file)
                    for each in checked.findings
                ],
                "properties": {
                    "verdict": checked.advice.value,
                    "reasons": [_.say(each) for each in checked.reasons],
                },
            }
        ],
    }
    return msgspec.json.format(msgspec.json.encode(log)).decode() + "\n"


def _used(checked: Checked) -> list[str]:
    return sorted({each.rule for each in checked.findings})


def _rule(name: str, _: Translator) -> dict[str, Any]:
    rule = next(each for each in all_rules() if each.name == name)
    return {
        "id": name,
        "shortDescription": {"text": name.replace("_", " ")},
        "fullDescription": {"text": _.say(Sentence(rule.why))},
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
    }


def _result(found: Finding, _: Translator, *, text: str, file: str) -> dict[str, Any]:
    uri = "stdin" if file == "-" else file.replace("\\", "/")
    place: dict[str, Any] = {"artifactLocation": {"uri": uri}}
    if found.span is not None:
        place["region"] = _region(text, found.span)
    result: dict[str, Any] = {
        "ruleId": found.rule,
        "level": _LEVELS[found.severity],
        "message": {"text": f"{_.say(found.says)} {_.say(found.mend)}"},
        "locations": [{"physicalLocation": place}],
    }
    if found.suggestion is not None and found.span is not None:
        region = _region(text, found.span)
        change = {
            "deletedRegion": region,
            "insertedContent": {"text": found.suggestion},
        }
        artifact = {"artifactLocation": {"uri": uri}, "replacements": [change]}
        result["fixes"] = [{"artifactChanges": [artifact]}]
    return result


def _region(text: str, span: tuple[int, int]) -> dict[str, int]:
    """Return lines and columns, from 1; the end column is behind the last letter."""
    start_line, start_column = _line_and_column(text, span[0])
    end_line, end_column = _line_and_column(text, span[1])
    return {
        "startLine": start_line,
        "startColumn": start_column,
        "endLine": end_line,
        "endColumn": end_column,
        "charOffset": span[0],
        "charLength": span[1] - span[0],
    }


def _line_and_column(text: str, at: int) -> tuple[int, int]:
    before = text[:at]
    return before.count("\n") + 1, at - (before.rfind("\n") + 1) + 1
