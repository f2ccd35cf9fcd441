"""The shapes of `/api/v1/`, for the answers and for their description."""

from enum import StrEnum
from typing import Any

from django.urls import reverse
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from timeline.api.rows import ChangeRow, DateRow, MilestoneRow, RevisionRow, StatementRow
from timeline.changes import ChangeKind, StatementKind
from timeline.dates import Mode, Precision, Qualifier
from timeline.models import Milestone, Organisation, Programme, Source, Statement, Tag


def _values(values: type[StrEnum]) -> list[tuple[str, str]]:
    return [(one.value, one.name) for one in values]


@extend_schema_field({"type": "array", "items": {"type": "string"}})
class Slugs(serializers.Field):  # type: ignore[type-arg]
    """The slugs of several rows, which the view has fetched."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(read_only=True, **kwargs)

    def to_representation(self, value: Any) -> list[str]:
        return [row.slug for row in value.all()]


class DateSerializer(serializers.Serializer[DateRow]):
    """A date, whole: nobody has to parse its words again.

    edtf is a string of Milestone's EDTF profile, without the qualifier; null is no date.
    earliest and latest are the first and the last possible day, both inclusive, in the
    milestone's home zone; null is an open side. nominal_earliest and nominal_latest are the
    unit that was named, which changes and order compare. at is given for exact times only,
    until where a launch window has an end.
    """

    words = serializers.CharField(help_text="As vague as it was said, in English.")
    edtf = serializers.CharField(source="dated.edtf", allow_null=True)
    qualifier = serializers.ChoiceField(
        source="dated.qualifier",
        choices=_values(Qualifier),
        help_text="about (~), possibly (?), both (%)",
    )
    precision = serializers.ChoiceField(source="dated.precision", choices=_values(Precision))
    mode = serializers.ChoiceField(source="dated.mode", choices=_values(Mode))
    earliest = serializers.DateField(source="dated.earliest", allow_null=True)
    latest = serializers.DateField(source="dated.latest", allow_null=True)
    nominal_earliest = serializers.DateField(source="dated.nominal_earliest", allow_null=True)
    nominal_latest = serializers.DateField(allow_null=True)
    at = serializers.DateTimeField(source="dated.instant", allow_null=True)
    until = serializers.DateTimeField(source="dated.window_end_at", allow_null=True)
    zone = serializers.CharField(help_text="IANA name of the zone in which it was said.")


class ChangeSerializer(serializers.Serializer[ChangeRow]):
    """From what was said or published before to this. Positive is later.

    days is the movement of the window's centre, or of the deadline; at_least and at_most
    bound it. minutes is given between exact times. Null where there is no such figure.
    """

    kind = serializers.ChoiceField(source="change.kind", choices=_values(ChangeKind))
    sub = serializers.CharField(source="change.sub")
    days = serializers.IntegerField(source="change.days", allow_null=True)
    at_least = serializers.IntegerField(source="change.at_least", allow_null=True)
    at_most = serializers.IntegerField(source="change.at_most", allow_null=True)
    minutes = serializers.IntegerField(source="change.minutes", allow_null=True)
    promise_broken = serializers.BooleanField(source="change.promise_broken")
    after_gap = serializers.BooleanField(source="change.after_gap")
    amount = serializers.CharField()
    words = serializers.CharField()


class SourceSerializer(serializers.Serializer[Source]):
    publisher = serializers.CharField()
    title = serializers.CharField()
    url = serializers.CharField(help_text="Empty if it is not on the web.")
    grade = serializers.ChoiceField(choices=Source.Grade.choices)
    published_on = serializers.DateField(allow_null=True)
    published_precision = serializers.ChoiceField(
        choices=Source.Known.choices, help_text="If month: published_on is its first day."
    )


class StatementSerializer(serializers.Serializer[StatementRow]):
    """A source's claim. The newest of the chain is current; dissent is what others say."""

    id = serializers.IntegerField(source="statement.pk")
    text = serializers.CharField(source="statement.text")
    stated_on = serializers.DateField(source="statement.stated_on")
    stated_precision = serializers.ChoiceField(
        source="statement.stated_precision",
        choices=Source.Known.choices,
        help_text="If month: only the month of stated_on is known.",
    )
    kind = serializers.ChoiceField(source="statement.kind", choices=_values(StatementKind))
    standing = serializers.ChoiceField(
        source="statement.standing", choices=Statement.Standing.choices
    )
    reason = serializers.CharField(source="statement.reason")
    corrects = serializers.IntegerField(source="statement.corrects_id", allow_null=True)
    corrected_by = serializers.IntegerField(
        allow_null=True, help_text="id of what took its place; null if nothing did."
    )
    withdrawn_at = serializers.DateTimeField(
        source="statement.withdrawn_at",
        allow_null=True,
        help_text="When it was struck: withdrawn, or corrected.",
    )
    withdrawn_because = serializers.CharField(source="statement.withdrawn_because")
    entered_at = serializers.DateTimeField(source="statement.entered_at")
    date = DateSerializer()
    source = SourceSerializer(source="statement.source")  # type: ignore[assignment]
    change = ChangeSerializer()


class RevisionSerializer(serializers.Serializer[RevisionRow]):
    """What we published at one moment; numbered from 1, never changed afterwards."""

    number = serializers.IntegerField(source="revision.number")
    sequence = serializers.IntegerField(
        source="revision.sequence", help_text="SEQUENCE of the calendar entry."
    )
    recorded_at = serializers.DateTimeField(source="revision.recorded_at")
    status = serializers.ChoiceField(source="revision.status", choices=_values(StatementKind))
    overdue = serializers.BooleanField(source="revision.overdue")
    title = serializers.CharField(source="revision.title")
    reason = serializers.CharField(source="revision.reason")
    statement = serializers.IntegerField(
        source="revision.statement_id", help_text="id of the statement it follows."
    )
    date = DateSerializer()
    change = ChangeSerializer()


class LinkedSerializer(serializers.Serializer[Programme]):
    slug = serializers.SlugField()
    title = serializers.CharField()


class MilestoneSerializer(serializers.Serializer[MilestoneRow]):
    """One thing that is to happen, what is published of it now, and all that was said."""

    slug = serializers.SlugField(source="milestone.slug")
    uid = serializers.UUIDField(source="milestone.uid")
    title = serializers.CharField(source="milestone.title")
    page = serializers.SerializerMethodField(help_text="Address of the page for readers.")
    programme = LinkedSerializer(source="milestone.programme")
    organisations = Slugs(source="milestone.programme.organisations")
    tags = Slugs(source="milestone.tags")
    shape = serializers.ChoiceField(source="milestone.shape", choices=Milestone.Shape.choices)
    summary = serializers.CharField(source="milestone.summary")
    place = serializers.CharField(source="milestone.place")
    url = serializers.CharField(source="milestone.url", help_text="Of whoever does it, or empty.")
    home_zone = serializers.CharField(source="milestone.home_zone")
    status = serializers.ChoiceField(
        source="published.revision.status",
        choices=_values(StatementKind),
    )
    overdue = serializers.BooleanField(source="published.revision.overdue")
    date = DateSerializer(source="published.date")
    change = ChangeSerializer(source="published.change")
    source = SourceSerializer(  # type: ignore[assignment]
        source="published.revision.statement.source"
    )
    last_checked_on = serializers.DateField(source="milestone.last_checked_on", allow_null=True)
    modified_at = serializers.DateTimeField(source="published.revision.recorded_at")
    statements = StatementSerializer(many=True)
    revisions = RevisionSerializer(many=True)

    def get_page(self, row: MilestoneRow) -> str:
        address: str = self.context["request"].build_absolute_uri(row.milestone.get_absolute_url())
        return address


class ProgrammeSerializer(serializers.Serializer[Programme]):
    """What a group of milestones is about: a mission, a treaty, an event series."""

    slug = serializers.SlugField()
    title = serializers.CharField()
    aliases = serializers.SerializerMethodField()
    summary = serializers.CharField()
    organisations = Slugs()
    milestones = Slugs(help_text="In the order of time.")
    page = serializers.SerializerMethodField()

    def get_aliases(self, programme: Programme) -> list[str]:
        return [name.strip() for name in programme.aliases.split(",") if name.strip()]

    def get_page(self, programme: Programme) -> str:
        return _page(self, "programme", programme.slug)


class OrganisationSerializer(serializers.Serializer[Organisation]):
    """An agency, company or government that takes part in programmes."""

    slug = serializers.SlugField()
    name = serializers.CharField()
    country = serializers.CharField()
    programmes = Slugs()
    page = serializers.SerializerMethodField()

    def get_page(self, organisation: Organisation) -> str:
        return _page(self, "organisation", organisation.slug)


class TagSerializer(serializers.Serializer[Tag]):
    """A subject that cuts across programmes, or a kind: what happens."""

    slug = serializers.SlugField()
    name = serializers.CharField()
    is_kind = serializers.BooleanField(help_text="It says what happens: a launch, a meeting.")
    page = serializers.SerializerMethodField()

    def get_page(self, tag: Tag) -> str:
        return _page(self, "tag", tag.slug)


class BadParameterSerializer(serializers.Serializer[dict[str, object]]):
    parameter = serializers.CharField()
    detail = serializers.CharField()
    allowed = serializers.ListField(child=serializers.CharField())


class ProblemSerializer(serializers.Serializer[dict[str, object]]):
    """Problem details, RFC 9457."""

    type = serializers.CharField()
    title = serializers.CharField()
    status = serializers.IntegerField()
    detail = serializers.CharField()
    instance = serializers.CharField()  # type: ignore[assignment]
    errors = BadParameterSerializer(  # type: ignore[assignment]
        many=True, required=False, help_text="The parameters that cannot be answered."
    )


def _page(serializer: serializers.BaseSerializer[Any], kind: str, slug: str) -> str:
    path = reverse(f"timeline:{kind}", args=[slug])
    address: str = serializer.context["request"].build_absolute_uri(path)
    return address
