"""The slip chart (milestone trend analysis): what was promised, by the day it was said.

Across is the day of the statement, up is the date that was promised: a bar from its first to
its last day, and a band for as long as that was believed. The slanting line is "now": a
milestone happens where its promises meet it, and slips where they climb beside it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from timeline.changes import StatementKind
from timeline.charts.axis import Axis
from timeline.dates import Mode
from timeline.models import Statement

_HEIGHT = 300  # of the plot; the stylesheet pads it for the names of the ticks


@dataclass(frozen=True, slots=True)
class _Plot:
    """Both axes. `across` gives percent, `down` pixels."""

    said: Axis
    promised: Axis

    def across(self, day: date) -> float:
        return self.said.at(day)

    def down(self, day: date) -> float:
        return round(_HEIGHT * (1 - self.promised.at(day) / 100), 1)

    def down_after(self, day: date) -> float:
        return round(_HEIGHT * (1 - self.promised.after(day) / 100), 1)


def slip_chart(
    told: Sequence[Statement], others: Sequence[Statement], *, today: date, label: str
) -> SafeString:
    """The chain `told`, oldest first, and what `others` said; '' if no date was ever said."""
    if not any(one.edtf for one in told):
        return SafeString("")
    plot = _plot(told, others, today=today)
    drawn = [
        _grid(plot),
        _now_line(plot),
        *(_band(plot, one, until) for one, until in _believed(told, today=today)),
        *(_other(plot, one) for one in others if one.edtf),
        *(_statement(plot, one) for one in told),
    ]
    return format_html(
        '<svg class="slip-chart" role="img" aria-label="{}" width="100%" height="{}">{}</svg>',
        label,
        _HEIGHT,
        format_html_join("", "{}", ((part,) for part in drawn)),
    )


def _plot(told: Sequence[Statement], others: Sequence[Statement], *, today: date) -> _Plot:
    dated = [one for one in [*told, *others] if one.nominal_earliest]
    ended = told[-1].kind != StatementKind.PLAN
    said_last = max(one.stated_on for one in [*told, *others])
    said = Axis(told[0].stated_on, said_last if ended else max(today, said_last))
    low = min(_bottom(one) for one in dated)
    high = max(one.nominal_latest for one in dated)
    return _Plot(_roomier(said, 0.03), _roomier(Axis(low, high), 0.06))


def _roomier(axis: Axis, part: float) -> Axis:
    margin = max(round(axis.days * part), 10)
    first = max(axis.first.toordinal() - margin, date.min.toordinal())
    last = min(axis.last.toordinal() + margin, date.max.toordinal())
    return Axis(date.fromordinal(first), date.fromordinal(last))


def _bottom(one: Statement) -> date:
    return one.nominal_earliest or one.nominal_latest


def _believed(told: Sequence[Statement], *, today: date) -> list[tuple[Statement, date]]:
    """Each plan, and the day until which it was what stood."""
    until = [*(one.stated_on for one in told[1:]), max(today, told[-1].stated_on)]
    pairs = zip(told, until, strict=True)
    return [(one, day) for one, day in pairs if one.edtf and one.kind == StatementKind.PLAN]


def _band(plot: _Plot, one: Statement, until: date) -> SafeString:
    left, right = plot.across(one.stated_on), plot.across(until)
    top, bottom = plot.down_after(one.nominal_latest), plot.down(_bottom(one))
    return format_html(
        '<rect class="band" x="{}%" y="{}" width="{}%" height="{}"/>',
        left,
        top,
        round(right - left, 2),
        max(round(bottom - top, 1), 3),
    )


def _statement(plot: _Plot, one: Statement) -> SafeString:
    if one.kind == StatementKind.CANCELLED:
        return _mark(plot, one, "cancelled", "M-5 -5L5 5M-5 5L5 -5", plot.down(one.stated_on))
    if not one.edtf:
        return _undated(plot, one)
    if one.kind == StatementKind.OCCURRED:
        middle = (plot.down(_bottom(one)) + plot.down_after(one.nominal_latest)) / 2
        return _mark(plot, one, "occurred", "M0 -8L8 0L0 8L-8 0z", middle)
    return _promise(plot, one, "promise")


def _other(plot: _Plot, one: Statement) -> SafeString:
    return _promise(plot, one, "promise promise--other")


def _promise(plot: _Plot, one: Statement, classes: str) -> SafeString:
    """The bar, an arrow where its side is open, a foot where it is a deadline."""
    top, bottom = plot.down_after(one.nominal_latest), plot.down(_bottom(one))
    height = max(round(bottom - top, 1), 5)
    ends = ""
    if one.mode == Mode.NET:
        ends = format_html('<path class="{}" d="M-6 {}L0 {}L6 {}z"/>', classes, top, top - 9, top)
    elif one.mode == Mode.BY:
        ends = format_html('<rect class="{}" x="-7" y="{}" width="14" height="3"/>', classes, top)
    return format_html(
        '<svg x="{}%" width="1" height="100%" overflow="visible">'
        '<rect class="{}" x="-3" y="{}" width="6" height="{}" rx="1"/>{}</svg>',
        plot.across(one.stated_on), classes, top, height, ends,
    )  # fmt: skip


def _undated(plot: _Plot, one: Statement) -> SafeString:
    return format_html(
        '<line class="undated" x1="{0}%" y1="0" x2="{0}%" y2="{1}"/>'
        '<text class="mark-name" x="{0}%" y="-2" text-anchor="middle">no date</text>',
        plot.across(one.stated_on),
        _HEIGHT,
    )


def _mark(plot: _Plot, one: Statement, name: str, path: str, down: float) -> SafeString:
    return format_html(
        '<svg x="{}%" y="{}" width="1" height="1" overflow="visible">'
        '<path class="mark mark--{}" d="{}"/></svg>',
        plot.across(one.stated_on),
        round(down, 1),
        name,
        path,
    )


def _now_line(plot: _Plot) -> SafeString:
    """The days on which saying and happening are one, as far as both axes hold them."""
    first = max(plot.said.first, plot.promised.first)
    last = min(plot.said.last, plot.promised.last)
    if first >= last:
        return SafeString("")
    return format_html(
        '<line class="now" x1="{0}%" y1="{1}" x2="{2}%" y2="{3}"/>'
        '<text class="now-name" x="{2}%" y="{3}" dx="-4" dy="-6" text-anchor="end">now</text>',
        plot.across(first),
        plot.down(first),
        plot.across(last),
        plot.down(last),
    )


def _grid(plot: _Plot) -> SafeString:
    rows = format_html_join(
        "",
        '<line class="tick" x1="0" y1="{0}" x2="100%" y2="{0}"/>'
        '<text class="tick-name" x="-6" y="{1}" text-anchor="end">{2}</text>',
        (
            (round(_HEIGHT * (1 - at / 100), 1), round(_HEIGHT * (1 - at / 100) + 4, 1), name)
            for at, name in plot.promised.ticks()
        ),
    )
    columns = format_html_join(
        "",
        '<line class="tick tick--said" x1="{0}%" y1="{1}" x2="{0}%" y2="{2}"/>'
        '<text class="tick-name" x="{0}%" y="{3}" text-anchor="middle">{4}</text>',
        ((at, _HEIGHT, _HEIGHT + 5, _HEIGHT + 18, name) for at, name in plot.said.ticks()),
    )
    frame = format_html('<line class="base" x1="0" y1="{0}" x2="100%" y2="{0}"/>', _HEIGHT)
    return format_html("{}{}{}", rows, columns, frame)
