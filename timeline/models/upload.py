from django.conf import settings
from django.db import models
from django.db.models import Q

from timeline.models.milestone import Milestone
from timeline.models.source import Source


class UploadQuerySet(models.QuerySet["Upload"]):
    def at_work(self) -> "UploadQuerySet":
        """Those of which rows are to be read, or written, without anybody pressing a button."""
        return self.filter(state__in=[Upload.State.READING, Upload.State.WRITING]).order_by("pk")

    def with_questions(self) -> "UploadQuerySet":
        """Those that wait for an editor: with a row that is a question, and not given up."""
        asked = UploadRow.objects.filter(
            upload=models.OuterRef("pk"), outcome=UploadRow.Outcome.QUESTION
        )
        return self.exclude(state=Upload.State.DROPPED).filter(models.Exists(asked))


class Upload(models.Model):
    """A file of statements that an editor brought: read, looked at, then written, row by row.

    Each row is judged against what is there, and judged again just before it is written. Whoever
    dies in between leaves the rest to the next tick; no row is written twice.
    """

    class Form(models.TextChoices):
        CSV = "csv", "CSV"
        JSON = "json", "JSON"
        ICS = "ics", "a calendar (.ics)"

    class State(models.TextChoices):
        READING = "reading", "being read"
        READ = "read", "to be looked at"
        WRITING = "writing", "being written"
        DONE = "done", "done"
        DROPPED = "dropped", "given up"

    name = models.CharField(max_length=200)
    form = models.CharField(max_length=4, choices=Form.choices)
    state = models.CharField(max_length=7, choices=State.choices, default=State.READING)
    # Whose word the entries of a calendar are; the rows of other files name their own.
    source = models.ForeignKey(Source, models.PROTECT, null=True, blank=True, related_name="+")
    uploaded_at = models.DateTimeField()
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = UploadQuerySet.as_manager()

    class Meta:
        verbose_name = "import"

    def __str__(self) -> str:
        return f"{self.name}, {self.uploaded_at:%-d %b %Y, %H:%M} UTC"


class UploadRowQuerySet(models.QuerySet["UploadRow"]):
    def in_order(self) -> "UploadRowQuerySet":
        return self.order_by("number")

    def unread(self) -> "UploadRowQuerySet":
        return self.filter(outcome="")

    def to_be_written(self) -> "UploadRowQuerySet":
        """New dates and moved ones, in the order in which they were said."""
        outcomes = [UploadRow.Outcome.NEW, UploadRow.Outcome.MOVED]
        unwritten = self.filter(outcome__in=outcomes, written_at=None)
        return unwritten.order_by("said_on", "number")


class UploadRow(models.Model):
    """One row of the file, what it would do, and when it was done.

    `number` is its line in the file, or that of its entry in a calendar. `answer` is what an
    editor said to its question: a date in EDTF, or the key of a milestone.
    """

    class Outcome(models.TextChoices):
        NEW = "new", "new"
        MOVED = "moved", "moved"
        SAME = "same", "same"
        QUESTION = "question", "question"
        REFUSED = "refused", "refused"
        DROPPED = "dropped", "dropped"

    upload = models.ForeignKey(Upload, models.CASCADE, related_name="rows")
    number = models.PositiveIntegerField()
    cells = models.JSONField()
    outcome = models.CharField(max_length=8, choices=Outcome.choices, blank=True, default="")
    milestone = models.ForeignKey(
        Milestone, models.PROTECT, null=True, blank=True, related_name="+"
    )
    said_on = models.DateField(null=True, blank=True)
    says = models.CharField(max_length=400, blank=True, default="")
    reason = models.TextField(blank=True, default="")
    options = models.JSONField(default=list)
    answer = models.CharField(max_length=60, blank=True, default="")
    written_at = models.DateTimeField(null=True, blank=True)

    objects = UploadRowQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="upload_row_once", fields=["upload", "number"]),
            models.CheckConstraint(
                name="upload_row_written_of_a_milestone",
                condition=Q(written_at=None) | Q(milestone__isnull=False),
            ),
        ]
        indexes = [
            models.Index(name="upload_row_outcome", fields=["upload", "outcome", "number"]),
        ]

    def __str__(self) -> str:
        return f"line {self.number} of {self.upload.name}"


class CalendarEntry(models.Model):
    """That an entry of somebody's calendar, known by its UID (RFC 5545 §3.8.4.7), is a milestone's.

    So the same calendar, imported again, moves the same milestone.
    """

    publisher = models.CharField(max_length=120)
    uid = models.CharField(max_length=255)
    milestone = models.ForeignKey(Milestone, models.CASCADE, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(name="calendar_entry_once", fields=["publisher", "uid"]),
        ]

    def __str__(self) -> str:
        return f"{self.uid} of {self.publisher}"
