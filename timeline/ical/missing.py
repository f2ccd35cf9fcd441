"""What stands in no calendar although it has a date, for those who can put it right."""

from timeline.ical import fragments
from timeline.ical.options import DEFAULT
from timeline.models import Milestone


def left_out() -> list[tuple[Milestone, str]]:
    """The milestones whose entries cannot be written, and why. Calendars leave them out."""
    dated = Milestone.objects.published().filter(current_revision__edtf__isnull=False)
    ids = dated.order_by().values_list("current_revision", flat=True)
    broken = fragments.of_revisions(ids, DEFAULT).broken
    if not broken:
        return []
    rows = Milestone.objects.filter(current_revision__in=broken).in_order()
    return [(row, broken[row.current_revision_id]) for row in rows if row.current_revision_id]
