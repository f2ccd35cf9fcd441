"""A text as a list of tokens: one script, one kind of dash, one kind of quote, small letters."""

import re
import unicodedata
from dataclasses import dataclass

_DASHES = re.compile("[‐‑‒–—―−﹣－⁃]|--+")  # noqa: RUF001
_KATAKANA_DASH = re.compile(r"(?<=[\d年月日期])\s*[ー―]\s*(?=\d)")
_QUOTES = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "′": "'", "`": "'", "“": '"', "”": '"'})  # noqa: RUF001
_CONTRACTIONS = ((r"\bwon't\b", "will not"), (r"\bcan't\b", "can not"), (r"(?<=\w)n't\b", " not"))
_JOINED_FISCAL = re.compile(r"\b([1-4][QH])(?=J?FY'?\d)", re.IGNORECASE)
_MARKUP = re.compile(r"[*_\\]")
_WAVES = re.compile("[〜～∼˜]")  # noqa: RUF001
_KANJI_DIGITS = {
    "\N{IDEOGRAPHIC NUMBER ZERO}": 0,
    "零": 0,
    "一": 1,
    "二": 2,
    "三": 3,
    "四": 4,
    "五": 5,
}
_KANJI_DIGITS |= {"六": 6, "七": 7, "八": 8, "九": 9}
_KANJI_NUMBER = re.compile(
    r"[〇零一二三四五六七八九十]+(?=年|月|日|時|分|秒|四半期|週|世紀|か月|カ月|ヶ月|ヵ月|ケ月|箇月)"
)
_CJK = "\u3005-\u3007\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
_TOKEN = re.compile(rf"\.\.+|\d+(?:st|nd|rd|th)(?![^\W_])|\d+|[{_CJK}]|[^\W\d_{_CJK}]+|\S")
_CJK_CHARACTER = re.compile(rf"[{_CJK}]")
_OPENERS = frozenset("([{\"',.:;/!?~〜<>=≥≤+&、。・「『(")


@dataclass(frozen=True, slots=True)
class Token:
    """A number, a word, one Japanese character, or one sign.

    `glued` means no space before it: "H3" is two tokens, the second glued.
    """

    text: str
    raw: str
    glued: bool
    start: int

    @property
    def is_number(self) -> bool:
        return self.text.isdecimal()

    @property
    def is_japanese(self) -> bool:
        return _CJK_CHARACTER.match(self.text) is not None

    @property
    def is_word(self) -> bool:
        return self.text[0].isalpha() and not self.is_japanese

    @property
    def is_alphanumeric(self) -> bool:
        return self.text[0].isalnum() and not self.is_japanese

    @property
    def is_capitalised(self) -> bool:
        return self.is_word and self.raw[0].isupper()


def normalise(text: str) -> str:
    """The text in one script: NFKC, "-" for dashes, "〜" for waves, digits for kanji numbers."""
    visible = "".join(" " if _is_blank(sign) else sign for sign in text if not _is_hidden(sign))
    waved = _WAVES.sub("〜", visible)
    plain = unicodedata.normalize("NFKC", waved)
    plain = _KATAKANA_DASH.sub("-", _DASHES.sub("-", plain.translate(_QUOTES)))
    plain = _KANJI_NUMBER.sub(_number_of_kanji, _without_contractions(plain))
    plain = _JOINED_FISCAL.sub(r"\1 ", plain)
    return " ".join(_MARKUP.sub(" ", plain).split())


def tokenise(text: str) -> list[Token]:
    tokens: list[Token] = []
    end = 0
    for match in _TOKEN.finditer(text):
        raw = match.group()
        glued = bool(tokens) and match.start() == end
        tokens.append(Token(raw.lower(), raw, glued, match.start()))
        end = match.end()
    return tokens


def may_begin(tokens: list[Token], at: int) -> bool:
    """Whether a date can begin there: not inside "GSLV-F16"."""
    if at == 0 or not tokens[at].glued:
        return True
    before = tokens[at - 1]
    return before.text in _OPENERS or before.is_japanese or tokens[at].is_japanese


def may_end(tokens: list[Token], at: int) -> bool:
    """Whether a date can end before that token: not before the "kg" of "2027kg"."""
    if at == len(tokens) or not tokens[at].glued:
        return True
    after = tokens[at]
    if after.is_alphanumeric:
        return tokens[at - 1].is_japanese
    if after.text in {"-", "/", ":", "."}:
        following = tokens[at + 1 : at + 2]
        return not (following and following[0].glued and following[0].is_alphanumeric)
    return True


def _without_contractions(text: str) -> str:
    for short, words in _CONTRACTIONS:
        text = re.sub(short, words, text, flags=re.IGNORECASE)
    return text


def _is_hidden(sign: str) -> bool:
    # Marks of direction and joiners say nothing of a date and break words apart.
    return unicodedata.category(sign) == "Cf"


def _is_blank(sign: str) -> bool:
    return sign.isspace() or unicodedata.category(sign) in {"Cc", "Cs", "Co", "Cn"}


def _number_of_kanji(match: re.Match[str]) -> str:
    kanji = match.group()
    if "十" not in kanji:
        return "".join(str(_KANJI_DIGITS[sign]) for sign in kanji)
    tens, _, ones = kanji.partition("十")
    if len(tens) > 1 or len(ones) > 1:
        return kanji
    return str(_KANJI_DIGITS.get(tens, 1) * 10 + _KANJI_DIGITS.get(ones, 0))
