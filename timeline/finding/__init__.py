"""The dates in an article: each phrase with its sentence, its reading, and what it may be about.

`find` proposes and decides nothing: an editor takes, changes or drops each. It is quick to drop
what is no date of a milestone: names with numbers in them, spans of time, the years of
statistics, the day on which somebody spoke.
"""

from timeline.finding.articles import LONGEST, Sentence, sentences_of
from timeline.finding.naming import Subject, Subjects
from timeline.finding.proposing import MOST, Proposal, find

__all__ = [
    "LONGEST",
    "MOST",
    "Proposal",
    "Sentence",
    "Subject",
    "Subjects",
    "find",
    "sentences_of",
]
