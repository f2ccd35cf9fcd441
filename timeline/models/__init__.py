from timeline.models.announcement import Announcement
from timeline.models.edition import Edition
from timeline.models.milestone import Milestone
from timeline.models.organisation import Organisation
from timeline.models.private_feed import FeedAddress, PrivateFeed
from timeline.models.programme import Programme
from timeline.models.revision import Revision
from timeline.models.source import Source
from timeline.models.statement import Statement
from timeline.models.tag import Tag
from timeline.models.upload import CalendarEntry, Upload, UploadRow

__all__ = [
    "Announcement",
    "CalendarEntry",
    "Edition",
    "FeedAddress",
    "Milestone",
    "Organisation",
    "PrivateFeed",
    "Programme",
    "Revision",
    "Source",
    "Statement",
    "Tag",
    "Upload",
    "UploadRow",
]
