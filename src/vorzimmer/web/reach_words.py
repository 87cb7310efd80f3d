"""What fields of work and stages of an approach are called, for people."""

from __future__ import annotations

from vorzimmer.model import Sentence, say
from vorzimmer.threads import Stage

FIELDS: dict[str, Sentence] = {
    "logistics": say("logistics"),
    "purchasing": say("purchasing"),
    "sales": say("sales"),
    "marketing": say("marketing"),
    "software": say("software and data"),
    "engineering": say("engineering"),
    "production": say("production"),
    "finance": say("finance"),
    "law": say("law"),
    "people": say("people and hiring"),
    "health": say("health"),
    "teaching": say("teaching"),
    "research": say("research"),
    "media": say("media"),
    "design": say("design"),
    "consulting": say("consulting"),
    "leadership": say("leadership"),
    "public": say("public service"),
    "quality": say("quality and safety"),
    "building": say("building and property"),
    "hospitality": say("travel and events"),
    "trade": say("trade"),
}
STAGES: dict[Stage, Sentence] = {
    Stage.PRAISE: say("Praise"),
    Stage.CHANNEL: say("Another channel"),
    Stage.REPORT: say("A paid report"),
    Stage.MONEY: say("Money"),
    Stage.JOURNEY: say("A journey"),
}
