"""What has been learned from answers that people have coded. The only importer of scikit-learn.

One logistic regression for each code, over the answer's letter runs (char_wb 3–5, which finds
Swedish compounds and misspellings), its stemmed words in each question, and what the rules found.
Nothing is fetched: it learns from the labels it is given, in a few seconds.
"""

import re
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache

import numpy as np
import snowballstemmer
from scipy import sparse
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression

from surveys.text.themes_examples import (
    CODES,
    Example,
    invented_examples,
    labelled_answers,
)
from surveys.text.themes_lexicon import STRONG
from surveys.text.themes_rules import WISHES, Reading, read_answer

# Chosen by five-fold cross-validation, which `python -m benchmarks.themes` repeats.
INVERSE_REGULARISATION = 8.0
MOST_ROUNDS = 5000  # far more than it takes; a round of the dual is a short one
REAL_ANSWER_WEIGHT = 2.0  # an answer that a resident could have given counts as two invented ones
RULE_WEIGHT = 0.5
FEWEST_POSITIVE = 1
_LONG_ANSWER_WORDS = 30
_MOST_REASONS = 3
_WORD = re.compile(r"\w+")
_KINDS = 4  # strong and weak, in each of the two questions
_STEM = lru_cache(50_000)(snowballstemmer.stemmer("swedish").stemWord)


def _stems(text: str) -> list[str]:
    return [_STEM(word) for word in _WORD.findall(text.lower())]


def _word_vectorizer() -> TfidfVectorizer:
    return TfidfVectorizer(
        tokenizer=_stems, token_pattern=None, ngram_range=(1, 2), sublinear_tf=True, lowercase=False
    )


def _regression() -> LogisticRegression:
    # Many more letter runs than answers: the dual finds the same optimum forty times as fast.
    return LogisticRegression(
        C=INVERSE_REGULARISATION, solver="liblinear", dual=True, random_state=0,
        max_iter=MOST_ROUNDS,
    )  # fmt: skip


class ThemeModel:
    """A trained model: readings in, the probability of each code out."""

    def __init__(self, examples: Sequence[Example], codes: Sequence[str] = CODES) -> None:
        """Learn to tell ``codes`` from ``examples``; what none of them carries is not suggested.

        A municipality's own codes have no rules: they are found by what was coded with them.
        """
        self.codes = tuple(codes)
        readings = [read_answer(example.q2, example.q3) for example in examples]
        self._letters = TfidfVectorizer(
            analyzer="char_wb", ngram_range=(3, 5), min_df=2 if len(examples) > 1 else 1,
            sublinear_tf=True,
        )  # fmt: skip
        self._problems, self._wishes = _word_vectorizer(), _word_vectorizer()
        features = self._features(readings, fit=True)
        weights = np.array([REAL_ANSWER_WEIGHT if example.coder else 1.0 for example in examples])
        self._regressions: dict[str, LogisticRegression] = {}
        self._support = lru_cache(50_000)(self._support_of)
        for code in self.codes:
            given = np.array([code in example.codes for example in examples])
            if FEWEST_POSITIVE <= given.sum() < len(examples):
                self._regressions[code] = _regression().fit(
                    features, given, sample_weight=weights * _rarity(code, given)
                )

    def probabilities(self, readings: Sequence[Reading]) -> list[list[float]]:
        """One row for each reading, one column for each of ``codes``, 0 to 1."""
        found = np.zeros((len(readings), len(self.codes)))
        if readings:
            features = self._features(readings)
            for column, code in enumerate(self.codes):
                if code in self._regressions:
                    found[:, column] = self._regressions[code].predict_proba(features)[:, 1]
        return found.tolist()

    def reasons(self, reading: Reading, code: str) -> tuple[str, ...]:
        """The words of the answer that spoke most for ``code``, at most three."""
        if code not in self._regressions:
            return ()
        words = list(dict.fromkeys(_WORD.findall(f"{reading.q2} {reading.q3}")))
        if not words:
            return ()
        support = [self._support(word)[code] for word in words]
        best = sorted(range(len(words)), key=lambda index: -support[index])[:_MOST_REASONS]
        return tuple(words[index] for index in best if support[index] > 0)

    def _support_of(self, word: str) -> dict[str, float]:
        """How much the letters of ``word`` speak for each code. Words come again and again."""
        letters = self._letters.transform([word])
        return {
            code: float((letters @ regression.coef_[0][: letters.shape[1]])[0])
            for code, regression in self._regressions.items()
        }

    def _features(self, readings: Sequence[Reading], fit: bool = False) -> sparse.csr_matrix:
        texts = (
            (self._letters, [f"{reading.q2} | {reading.q3}" for reading in readings]),
            (self._problems, [reading.q2 for reading in readings]),
            (self._wishes, [reading.q3 for reading in readings]),
        )
        blocks = [v.fit_transform(text) if fit else v.transform(text) for v, text in texts]
        return sparse.hstack([*blocks, _rule_features(readings)]).tocsr()


def _rule_features(readings: Sequence[Reading]) -> sparse.csr_matrix:
    """What the rules found: how many words of each kind for each code, and the answer's shape."""
    rows = np.zeros((len(readings), _KINDS * len(CODES) + 6))
    for row, reading in zip(rows, readings, strict=True):
        said = {(e.code, e.strength, e.words.lower(), e.question) for e in reading.evidence}
        for code, strength, _words, question in said:
            kind = 2 * (strength != STRONG) + (question == WISHES)
            row[CODES.index(code) * _KINDS + kind] += 1
        np.minimum(row, 2, out=row)
        length = len(f"{reading.q2} {reading.q3}".split())
        row[-6:] = (
            reading.says_nothing,
            not reading.q2.strip(),
            not reading.q3.strip(),
            bool(reading.taken_away),
            not reading.evidence,
            min(length, _LONG_ANSWER_WORDS) / _LONG_ANSWER_WORDS,
        )
    return sparse.csr_matrix(rows * RULE_WEIGHT)


def _rarity(code: str, given: np.ndarray) -> np.ndarray:
    """What answers of a code that a municipality has added count for.

    A dozen of them are all there is, without rules and beside two thousand others; unweighted the
    code would hardly ever be likely. The root keeps it from being suggested everywhere.
    """
    if code in CODES:
        return np.ones(given.size)
    return np.where(given, np.sqrt((given.size - given.sum()) / given.sum()), 1.0)


def train(examples: Iterable[Example], codes: Sequence[str] = CODES) -> ThemeModel:
    """A model of ``examples``, on top of the invented answers."""
    return ThemeModel([*examples, *invented_examples()], codes)


@cache
def own_model() -> ThemeModel:
    """A model of the package's own labels, learned once in a process."""
    return train(labelled_answers())
