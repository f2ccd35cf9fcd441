"""A date put together of parts, where its words are not understood; or written as EDTF."""

from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import Any
from zoneinfo import available_timezones

from django import forms

MONTHS = [(number, f"{date(2000, number, 1):%B}") for number in range(1, 13)]
# What each precision asks for besides the year, and the words that `reading` understands.
UNITS: dict[str, tuple[str, tuple[str, ...], str]] = {
    "time": (
        "a day and a time",
        ("month", "day", "time"),
        "{day} {month} {year} {time}",
    ),
    "day": ("a day", ("month", "day"), "{day} {month} {year}"),
    "month": ("a month", ("month",), "{month} {year}"),
    "quarter": ("a quarter", ("part",), "{part} {year}"),
    "half": ("half a year", ("part",), "{part} of {year}"),
    "season": ("a season", ("part",), "{part} {year}"),
    "year_part": ("early, middle or late in a year", ("part",), "{part} {year}"),
    "year": ("a year", (), "{year}"),
    "jfy": ("a Japanese fiscal year", (), "JFY{year}"),
    "ify": ("an Indian fiscal year", (), "FY {year}-{next}"),
    "decade": ("a decade", (), "the {decade}s"),
    "none": ("no date: to be decided", (), "TBD"),
}
PARTS: dict[str, Mapping[str, str]] = {
    "quarter": {"q1": "Q1", "q2": "Q2", "q3": "Q3", "q4": "Q4"},
    "half": {"h1": "first half", "h2": "second half"},
    "season": {
        "spring": "spring",
        "summer": "summer",
        "autumn": "autumn",
        "winter": "winter, from December on",
    },
    "year_part": {"early": "early", "mid": "mid", "late": "late"},
}
GROUPS = {"quarter": "Quarter", "half": "Half", "season": "Season", "year_part": "Third"}
BOUNDS = {
    "": "on it, or in it",
    "not before": "not before it",
    "by": "by then at the latest",
    "around": "around it",
}
MISSING = {
    "month": "Choose the month.",
    "day": "Give the day.",
    "part": "Choose which part.",
    "time": "Give the time: 17:40.",
}
_NO_PLACES = ("Etc/", "US/", "SystemV/")


@cache
def _places() -> tuple[str, ...]:
    """The zones of tzdata that are named after a place."""
    named = (one for one in available_timezones() if "/" in one)
    return tuple(sorted(one for one in named if not one.startswith(_NO_PLACES)))


class PickerForm(forms.Form):
    """After validation `picked` is what was picked or written, for `reading.read`; else ''."""

    pick_unit = forms.ChoiceField(
        label="How exactly",
        choices=[("", "— as the words say —"), *((key, one[0]) for key, one in UNITS.items())],
        required=False,
    )
    pick_bound = forms.ChoiceField(label="When", choices=list(BOUNDS.items()), required=False)
    pick_year = forms.IntegerField(label="Year", min_value=1, max_value=9999, required=False)
    pick_month = forms.TypedChoiceField(
        label="Month", choices=[("", "—"), *MONTHS], coerce=int, empty_value=None, required=False
    )
    pick_day = forms.IntegerField(label="Day", min_value=1, max_value=31, required=False)
    pick_part = forms.ChoiceField(
        label="Which part",
        choices=[
            ("", "—"),
            *((GROUPS[unit], list(parts.items())) for unit, parts in PARTS.items()),
        ],
        required=False,
    )
    pick_time = forms.TimeField(
        label="Time",
        required=False,
        help_text="Of a day and a time: 17:40.",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    pick_zone = forms.ChoiceField(label="By the clock of", required=False)
    edtf = forms.CharField(
        label="EDTF",
        max_length=30,
        required=False,
        help_text="“2027-25” is spring, “[2026-03..]” not before, “[..2028]” by, “2024~” around.",
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )

    picked = ""

    def offer_zones(self, *, home_zone: str) -> None:
        """Every place, the milestone's home first."""
        others = [(one, one) for one in ("UTC", *_places()) if one != home_zone]
        choices = [("", f"{home_zone}, its home"), *others]
        self.fields["pick_zone"] = forms.ChoiceField(
            label="By the clock of", choices=choices, required=False
        )

    @property
    def picked_zone(self) -> str:
        """By whose clock a time was picked; '' if by that of its home, or if none was."""
        is_time = self.cleaned_data.get("pick_unit") == "time"
        return self.cleaned_data.get("pick_zone", "") if is_time else ""

    @property
    def has_picked(self) -> bool:
        return bool(self["pick_unit"].value())

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        unit, edtf = cleaned.get("pick_unit"), cleaned.get("edtf", "").strip()
        if unit and edtf:
            self.add_error("edtf", "Pick the date or write it as EDTF, not both.")
        elif edtf:
            self.picked = f"edtf:{edtf.removeprefix('edtf:')}"
        elif unit:
            self.picked = self._picked(unit, cleaned)
        return cleaned

    def _picked(self, unit: str, cleaned: Mapping[str, Any]) -> str:
        """The parts as words; '' while one is missing, which is said at its field."""
        _, needed, words = UNITS[unit]
        if unit == "none":
            return words
        for name in ("year", *needed):
            self._ask_for(name, unit, cleaned)
        if any(f"pick_{name}" in self.errors for name in ("year", *needed)):
            return ""
        said = words.format(**_in_words(unit, cleaned))
        return f"{cleaned.get('pick_bound') or ''} {said}".strip()

    def _ask_for(self, name: str, unit: str, cleaned: Mapping[str, Any]) -> None:
        given, field = cleaned.get(f"pick_{name}"), f"pick_{name}"
        if field in self.errors:
            return
        if not given:
            self.add_error(field, MISSING.get(name, "Give the year."))
        elif name == "part" and given not in PARTS[unit]:
            self.add_error(field, f"Choose one of these: {', '.join(PARTS[unit].values())}.")


def _in_words(unit: str, cleaned: Mapping[str, Any]) -> dict[str, str]:
    year, month = cleaned["pick_year"], cleaned.get("pick_month")
    part = cleaned.get("pick_part") or ""
    shown = f"{year:04}"
    if part == "winter":
        shown = f"{year:04}/{(year + 1) % 100:02}"
    return {
        "year": shown,
        "next": f"{(year + 1) % 100:02}",
        "decade": f"{year // 10 * 10:04}",
        "month": dict(MONTHS).get(month, "") if month else "",
        "day": str(cleaned.get("pick_day") or ""),
        "time": f"{cleaned['pick_time']:%H:%M}" if cleaned.get("pick_time") else "",
        "part": part if unit in ("season", "year_part") else PARTS.get(unit, {}).get(part, ""),
    }
