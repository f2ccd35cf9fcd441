"""Windows and slips as SVG: no script, no style, so that a strict CSP lets them through.

Positions across are in percent and positions down in pixels, so that a chart fills its place on
a phone and on a desk with letters of the same size. Colours come from the stylesheet by class.
"""

from timeline.charts.axis import Axis, axis_around, axis_of
from timeline.charts.bars import window_bar
from timeline.charts.slips import slip_chart

__all__ = ["Axis", "axis_around", "axis_of", "slip_chart", "window_bar"]
