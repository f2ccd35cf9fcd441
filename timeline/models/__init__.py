from timeline.models.announcement import Announcement
from timeline.models.milestone import Milestone
from timeline.models.organisation import Organisation
from timeline.models.programme import Programme
from timeline.models.revision import Revision
from timeline.models.source import Source
from timeline.models.statement import Statement
from timeline.models.tag import Tag

__all__ = [
    "Announcement",
    "Milestone",
    "Organisation",
    "Programme",
    "Revision",
    "Source",
    "Statement",
    "Tag",
]
