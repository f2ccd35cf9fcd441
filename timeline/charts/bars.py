"""One window as a bar on a line of days."""

from datetime import date

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from timeline.changes import Stated
from timeline.charts.axis import Axis
from timeline.dates import DAY_OR_FINER, Mode

_BAR_TOP, _BAR_HEIGHT, _BAR_FOOT = 4, 14, 36
_NEAR_THE_EDGE = 90  # percent


def window_bar(stated: Stated, axis: Axis, *, today: date, label: str) -> SafeString:
    """The window on the axis: a marker for a day, a bar for a window, an arrow at an open side.

    `label` says the same in words, for whoever does not see it.
    """
    return format_html(
        '<svg class="window-bar" role="img" aria-label="{}" width="100%" height="{}">{}{}{}</svg>',
        label,
        _BAR_FOOT,
        _scale(axis),
        _today_line(axis, today),
        _shape(stated, axis, today),
    )


def _shape(stated: Stated, axis: Axis, today: date) -> SafeString:
    hard = stated.date.window(stated.home_zone)
    nominal = stated.date.nominal(stated.home_zone, said_on=stated.said_on)
    if nominal.earliest is None or nominal.latest is None:
        return SafeString("")
    kind = f"bar bar--{stated.kind}"
    is_day = stated.date.precision in DAY_OR_FINER and nominal.earliest == nominal.latest
    if is_day and stated.date.mode is Mode.WITHIN:
        return _day_marker(axis, nominal.earliest, kind)
    start, end = axis.at(nominal.earliest), axis.after(nominal.latest)
    fuzz = max((end - start) / 10, 0.7) if stated.date.qualifier.is_approximate else 0
    parts = [_gone(start + fuzz, end - fuzz, axis, today, kind)]
    if fuzz:
        parts += [_fuzzy_edge(start, -fuzz, kind), _fuzzy_edge(end, fuzz, kind)]
    if hard.latest is None:
        parts += [_open_later(end, kind)]
    elif hard.earliest is None:
        parts += [_deadline(end, kind)]
    if nominal.earliest < axis.first or (hard.earliest is None and axis.first >= today):
        parts.append(_arrow_left(kind))
    return format_html_join("", "{}", ((part,) for part in parts))


def _gone(start: float, end: float, axis: Axis, today: date, kind: str) -> SafeString:
    """The bar, paler where its days have passed."""
    now = axis.at(today) if axis.holds(today) else (0 if today < axis.first else 100)
    split = min(max(now, start), end)
    return format_html("{}{}", _rect(start, split, f"{kind} bar--gone"), _rect(split, end, kind))


def _rect(start: float, end: float, classes: str, opacity: float = 1) -> SafeString:
    if end <= start:
        return SafeString("")
    return format_html(
        '<rect class="{}" x="{}%" y="{}" width="{}%" height="{}" opacity="{}"/>',
        classes,
        round(start, 2),
        _BAR_TOP,
        max(round(end - start, 2), 0.6),
        _BAR_HEIGHT,
        opacity,
    )


def _fuzzy_edge(at: float, outwards: float, kind: str) -> SafeString:
    """An edge that fades, half inside and half outside: about then, not exactly."""
    shades = []
    for opacity, begins in ((0.6, at - outwards), (0.3, at)):
        low, high = sorted((begins, begins + outwards))
        shades.append(_rect(round(max(low, 0), 2), round(min(high, 100), 2), kind, opacity))
    return format_html_join("", "{}", ((shade,) for shade in shades))


def _day_marker(axis: Axis, day: date, kind: str) -> SafeString:
    middle = round((axis.at(day) + axis.after(day)) / 2, 2)
    return format_html(
        '<svg x="{}%" y="{}" width="1" height="1" overflow="visible">'
        '<path class="{}" d="M0 -9L7 0L0 9L-7 0z"/></svg>',
        middle,
        _BAR_TOP + _BAR_HEIGHT // 2,
        kind,
    )


def _open_later(end: float, kind: str) -> SafeString:
    """An arrow from the end of the unit that was named: any later day is as possible."""
    middle = _BAR_TOP + _BAR_HEIGHT / 2
    return format_html(
        '<line class="open {}" x1="{}%" y1="{}" x2="100%" y2="{}"/>'
        '<svg x="100%" y="{}" width="1" height="1" overflow="visible">'
        '<path class="{}" d="M-10 -6L0 0L-10 6z"/></svg>',
        kind, end, middle, middle, middle, kind,
    )  # fmt: skip


def _deadline(end: float, kind: str) -> SafeString:
    return format_html(
        '<svg x="{}%" y="0" width="1" height="1" overflow="visible">'
        '<rect class="{}" x="-3" y="0" width="3" height="{}"/></svg>',
        end,
        kind,
        _BAR_TOP * 2 + _BAR_HEIGHT,
    )


def _arrow_left(kind: str) -> SafeString:
    middle = _BAR_TOP + _BAR_HEIGHT / 2
    return format_html(
        '<svg x="0" y="{}" width="1" height="1" overflow="visible">'
        '<path class="notch {}" d="M2 0L10 -5L10 5z"/></svg>',
        middle,
        kind,
    )


def _scale(axis: Axis) -> SafeString:
    foot = _BAR_TOP * 2 + _BAR_HEIGHT
    return format_html(
        '<line class="base" x1="0" y1="{foot}" x2="100%" y2="{foot}"/>{ticks}',
        foot=foot,
        ticks=format_html_join(
            "",
            '<line class="tick" x1="{0}%" y1="0" x2="{0}%" y2="{1}"/>'
            '<text class="tick-name" x="{0}%" y="{2}" aria-hidden="true"'
            ' dx="{3}" text-anchor="{4}">{5}</text>',
            ((at, foot + 3, foot + 13, *_beside(at), name) for at, name in axis.ticks()),
        ),
    )


def _beside(at: float) -> tuple[int, str]:
    """On which side of its tick a name stands: near the right edge, before it."""
    return (2, "start") if at < _NEAR_THE_EDGE else (-2, "end")


def _today_line(axis: Axis, today: date) -> SafeString:
    if not axis.holds(today):
        return SafeString("")
    return format_html(
        '<line class="today" x1="{0}%" y1="0" x2="{0}%" y2="{1}"/>',
        axis.at(today),
        _BAR_TOP * 2 + _BAR_HEIGHT,
    )
