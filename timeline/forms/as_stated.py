"""A statement as it was typed, for an editor to mend one field of it."""

from timeline.changes import StatementKind
from timeline.dates import zone_named
from timeline.forms.meaning import meaning_of, option_key
from timeline.models import Source, Statement
from timeline.reading import Context, read

Fields = dict[str, object]


def fields_of(statement: Statement) -> Fields:
    """The fields of the form that come to this statement again."""
    day = statement.stated_on
    by_month = statement.stated_precision == Source.Known.MONTH
    return {
        "words": statement.text,
        "stated_on": f"{day:%Y-%m}" if by_month else day.isoformat(),
        "source": statement.source_id,
        "kind": statement.kind,
        "reason": statement.reason,
        "option": option_key(statement.date),
        "window_end": _closes(statement),
        **_picked(statement),
    }


def _closes(statement: Statement) -> str:
    """When its launch window closes, by the clock by which the date was said; '' if it is none."""
    if statement.window_end_at is None:
        return ""
    zone = zone_named(statement.zone or statement.milestone.home_zone)
    return f"{statement.window_end_at.astimezone(zone):%H:%M}"


def _picked(statement: Statement) -> Fields:
    """What was picked, or written as EDTF, where the words do not say the date."""
    if _says_its_date(statement) or statement.kind == StatementKind.CANCELLED:
        return {}
    if not statement.date.is_dated:
        return {"pick_unit": "none"}
    if statement.instant is None:
        return {"edtf": f"{statement.edtf}{statement.qualifier}"}
    zone = statement.zone or statement.milestone.home_zone
    at = statement.instant.astimezone(zone_named(zone))
    return {
        "pick_unit": "time",
        "pick_year": at.year,
        "pick_month": at.month,
        "pick_day": at.day,
        "pick_time": f"{at:%H:%M}",
        "pick_zone": statement.zone,
    }


def _says_its_date(statement: Statement) -> bool:
    milestone = statement.milestone
    context = Context(
        said_on=statement.stated_on,
        home_zone=milestone.home_zone,
        hemisphere=milestone.hemisphere,
        fiscal=milestone.fiscal,
        happened=statement.kind == StatementKind.OCCURRED,
    )
    reading = read(statement.text, context)
    meaning = meaning_of(reading, kind=statement.kind, option=option_key(statement.date))
    return meaning is not None and meaning.date == statement.date
