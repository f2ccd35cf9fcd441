"""What news of a date says in Japanese."""

from timeline.wording.japanese.amounts import amount_words, range_words
from timeline.wording.japanese.countdown import countdown_words
from timeline.wording.japanese.news import change_words, kind_words
from timeline.wording.japanese.phrases import date_words, said_words, window_words
from timeline.wording.news_words import NewsWords

JAPANESE = NewsWords(
    date_words=date_words,
    window_words=window_words,
    day_words=said_words,
    change_words=change_words,
    kind_words=kind_words,
    amount_words=amount_words,
    range_words=range_words,
    countdown_words=countdown_words,
    in_subject=str,
    cancelled="中止",
    later="{amount}遅い",
    earlier="{amount}早い",
)
