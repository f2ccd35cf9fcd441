"""The columns of a date: what was said, and the windows derived from it."""

from datetime import date as Day  # noqa: N812  (a row of dates has one by that name)

from django.db import models
from django.db.models import Q

from timeline.changes import StatementKind
from timeline.dates import INSTANT_PRECISIONS, Mode, Precision, Qualifier, VagueDate, make

NEVER = Day.max


class Dated(models.Model):
    """A row that holds one vague date.

    `edtf`, `qualifier`, `precision` and `zone` are the date; the other columns are derived by
    `set_date` and exist for the database to search and order by. Days are days of the
    milestone's home zone, inclusive; NULL is an open side. `nominal_latest` is 9999-12-31
    where there is no date, so that those sort last.
    """

    edtf = models.CharField(  # noqa: DJ001  (no date is NULL, not a word)
        "EDTF", max_length=48, null=True, blank=True
    )
    qualifier = models.CharField(
        max_length=1, blank=True, default="", choices=[(q.value, q.name.lower()) for q in Qualifier]
    )
    precision = models.CharField(
        max_length=12, default=Precision.NONE, choices=[(p.value, p.value) for p in Precision]
    )
    zone = models.CharField(max_length=64, blank=True, default="")
    mode = models.CharField(
        max_length=6, default=Mode.NONE, choices=[(m.value, m.value) for m in Mode]
    )
    earliest = models.DateField(null=True, blank=True)
    latest = models.DateField(null=True, blank=True)
    nominal_earliest = models.DateField(null=True, blank=True)
    nominal_latest = models.DateField(default=NEVER)
    instant = models.DateTimeField(null=True, blank=True)
    window_end_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        abstract = True

    @property
    def date(self) -> VagueDate:
        return make(self.edtf, self.precision, self.qualifier, self.zone)

    def set_date(self, value: VagueDate, *, home_zone: str, said_on: Day) -> None:
        """Store the date and derive its windows; `said_on` is where a deadline begins."""
        window = value.window(home_zone)
        nominal = value.nominal(home_zone, said_on=said_on)
        self.edtf, self.precision, self.qualifier = value.edtf, value.precision, value.qualifier
        self.zone, self.mode, self.instant = value.zone, value.mode, value.instant
        self.earliest, self.latest = window.earliest, window.latest
        self.nominal_earliest, self.nominal_latest = nominal.earliest, nominal.latest or NEVER

    @property
    def derived_date(self) -> tuple[object, ...]:
        """All the date columns, in order, for comparing two rows."""
        return tuple(getattr(self, field.attname) for field in Dated._meta.local_fields)

    def copy_date(self, other: "Dated") -> None:
        for field in Dated._meta.local_fields:
            setattr(self, field.attname, getattr(other, field.attname))


def date_constraints(prefix: str) -> list[models.BaseConstraint]:
    """The promises of the date columns, for the `Meta.constraints` of each such table."""
    net, by = Q(mode=Mode.NET), Q(mode=Mode.BY)
    undated = Q(mode=Mode.NONE, edtf=None, precision=Precision.NONE)
    timed = Q(precision__in=sorted(INSTANT_PRECISIONS))
    closed = Q(earliest__isnull=False, latest__isnull=False)
    no_side = Q(earliest=None, latest=None)
    profile = Q(edtf__regex=EDTF_SHAPE)
    promises = {
        "in_order": Q(earliest=None) | Q(latest=None) | Q(earliest__lte=models.F("latest")),
        "net_is_open_above": (net & Q(latest=None, earliest__isnull=False))
        | (~net & (Q(latest__isnull=False) | no_side)),
        "by_is_open_below": (by & Q(earliest=None, latest__isnull=False))
        | (~by & (Q(earliest__isnull=False) | no_side)),
        "closed_or_open_or_none": (Q(mode__in=[Mode.WITHIN, Mode.SPAN]) & closed)
        | net
        | by
        | (Q(mode=Mode.NONE) & no_side),
        "none_is_none": undated
        | (~Q(mode=Mode.NONE) & Q(edtf__isnull=False) & ~Q(precision=Precision.NONE)),
        "instant_has_time": (timed & Q(instant__isnull=False)) | (~timed & Q(instant=None)),
        "in_profile": Q(edtf=None) | profile,
    }
    return [
        models.CheckConstraint(condition=condition, name=f"{prefix}_{name}")
        for name, condition in promises.items()
    ]


_UNIT = r"[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?"
EDTF_SHAPE = (
    "^("
    + "|".join(
        [
            _UNIT,
            r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(Z|[+-][0-9]{2}:[0-9]{2})",
            r"[0-9]{3}X",
            r"[0-9]{2}XX",
            rf"\[{_UNIT}\.\.{_UNIT}\]",
            r"\[[0-9]{4},[0-9]{4}\]",
            rf"\[{_UNIT}\.\.\]",
            rf"\[\.\.{_UNIT}\]",
            rf"{_UNIT}/{_UNIT}",
        ]
    )
    + ")$"
)

STATEMENT_KINDS = [(kind.value, kind.value) for kind in StatementKind]
