"""TF-IDF over n-grams of letters with logistic regression, by scikit-learn."""

from __future__ import annotations

import time
from collections.abc import Sequence
from pathlib import Path

from peers.asking import Answers, Asked, Lesson


class TfIdf:
    """What one would build in an hour; the settings were fixed beforehand."""

    name = "TF-IDF + logistic regression"
    programs: tuple[str, ...] = ()

    def answer(self, lessons: Sequence[Lesson], asked: Asked, folder: Path) -> Answers:
        """See ``Peer``."""
        # Nearly a second, and only for this peer.
        import sklearn  # noqa: PLC0415 - see above
        from sklearn.feature_extraction.text import (  # noqa: PLC0415 - see above
            TfidfVectorizer,
        )
        from sklearn.linear_model import LogisticRegression  # noqa: PLC0415 - see above

        del folder
        reader = TfidfVectorizer(
            analyzer="char_wb", ngram_range=(2, 5), sublinear_tf=True, min_df=2
        )
        features = reader.fit_transform([each.text for each in lessons])
        model = LogisticRegression(C=10, class_weight="balanced", max_iter=1000)
        model.fit(features, [each.is_bad for each in lessons])

        def ask(texts: Sequence[str]) -> tuple[list[float], float]:
            started = time.process_time()
            scores = model.decision_function(reader.transform(texts))
            return scores.tolist(), time.process_time() - started

        scores, seconds = ask(asked.texts)
        _, seconds_of_notes = ask(asked.notes)
        version = f"scikit-learn {sklearn.__version__}"
        return Answers({"log-odds": scores}, seconds, seconds_of_notes, version)
