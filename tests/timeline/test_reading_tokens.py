import pytest

from timeline.reading.tokens import may_begin, may_end, normalise, tokenise


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("令和９年", "令和9年"),
        ("二〇二七年三月", "2027年3月"),
        ("十二月二十三日", "12月23日"),
        ("第三四半期", "第3四半期"),
        ("2027–28", "2027-28"),
        ("2027～28", "2027〜28"),  # noqa: RUF001
        ("Jul ’27", "Jul '27"),
        ("a\u200bb\x00c\nd", "ab c d"),
        ("**spring**", "spring"),
        ("\ud800 2027", "2027"),
    ],
)
def test_one_script_one_dash_one_quote(text, plain):
    assert normalise(text) == plain


def test_letters_digits_signs_and_japanese_are_tokens():
    tokens = tokenise("Q3'27 5th 2027年7月 H3-24L")

    assert [token.text for token in tokens] == (
        ["q", "3", "'", "27", "5th", "2027", "年", "7", "月", "h", "3", "-", "24", "l"]
    )
    assert tokens[0].raw == "Q"
    assert [token.glued for token in tokens[:5]] == [False, True, True, True, False]


@pytest.mark.parametrize(
    ("text", "at", "expected"),
    [
        ("GSLV-F16", 2, False),
        ("ISRO2027", 1, False),
        ("(2027", 1, True),
        ("2027年春", 2, True),
        ("in 2027", 1, True),
    ],
)
def test_a_date_begins_where_a_word_does(text, at, expected):
    assert may_begin(tokenise(text), at) is expected


@pytest.mark.parametrize(
    ("text", "at", "expected"),
    [
        ("2027kg", 1, False),
        ("2027-F16", 1, False),
        ("2027-", 1, True),
        ("2027.", 1, True),
        ("2027.5", 1, False),
        ("年2027", 1, True),
        ("2027", 1, True),
    ],
)
def test_a_date_ends_where_a_word_does(text, at, expected):
    assert may_end(tokenise(text), at) is expected
