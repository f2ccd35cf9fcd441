"""Any date the profile can hold, for properties that hold for all."""

from datetime import date, timedelta

from hypothesis import strategies as st

from tests.timeline.stated import ALL_FORMS
from timeline.dates import Precision, Qualifier, VagueDate
from timeline.edtf import parse

_YEARS = st.integers(2016, 2034)
_DAYS = st.dates(date(2016, 1, 1), date(2034, 12, 31))
_MONTHS = st.builds(lambda day: f"{day:%Y-%m}", _DAYS)
_UNITS = st.one_of(_YEARS.map(str), _MONTHS, _DAYS.map(str))
_ZONES = st.sampled_from(["", "UTC", "Asia/Tokyo", "America/New_York", "Pacific/Auckland"])
_OFFSETS = st.sampled_from(["Z", "+05:30", "+09:00", "-04:00"])


@st.composite
def _ranges(draw, units, written: str) -> str:
    first, last = sorted((draw(units), draw(units)))
    return written.format(first, last)


@st.composite
def _instants(draw) -> str:
    moment = draw(st.times()).replace(microsecond=0, second=draw(st.sampled_from([0, 0, 11])))
    return f"{draw(_DAYS)}T{moment}{draw(_OFFSETS)}"


@st.composite
def _weeks(draw) -> str:
    first = draw(_DAYS)
    return f"[{first}..{first + timedelta(days=6)}]"


@st.composite
def _month_parts(draw) -> str:
    a, b = draw(st.sampled_from([(1, 10), (11, 20), (21, 28), (1, 15), (16, 28)]))
    month = draw(_MONTHS)
    last = parse(month).last.day if b > 20 else b
    return f"[{month}-{a:02}..{month}-{last:02}]"


STRINGS = st.one_of(
    _UNITS,
    st.builds("{}-{}".format, _YEARS, st.integers(25, 41)),
    _instants(),
    st.builds("{}X".format, st.integers(201, 203)),
    st.just("20XX"),
    _ranges(_YEARS, "[{}..{}]"),
    _ranges(_MONTHS, "[{}..{}]"),
    _ranges(_DAYS, "[{}..{}]"),
    st.builds(lambda year: f"[{year},{year + 1}]", _YEARS),
    st.builds(lambda year: f"[{year}-04..{year + 1}-03]", _YEARS),
    st.builds(lambda year: f"[{year}-10..{year + 1}-09]", _YEARS),
    _weeks(),
    _month_parts(),
    _UNITS.map("[{}..]".format),
    _UNITS.map("[..{}]".format),
    _ranges(_DAYS, "{}/{}"),
    _ranges(_MONTHS, "{}/{}"),
)


@st.composite
def any_date(draw) -> VagueDate:
    edtf = draw(STRINGS)
    precision = draw(st.sampled_from(parse(edtf).precisions))
    zone = draw(_ZONES) if precision is Precision.DAY else ""
    return VagueDate(edtf, precision, draw(st.sampled_from(Qualifier)), zone)


dates = st.one_of(any_date(), st.sampled_from(ALL_FORMS))
