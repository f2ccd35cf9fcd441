"""Where editors work."""

from timeline.admin.announcement import AnnouncementAdmin
from timeline.admin.milestone import MilestoneAdmin
from timeline.admin.organisation import OrganisationAdmin
from timeline.admin.programme import ProgrammeAdmin
from timeline.admin.revision import RevisionAdmin
from timeline.admin.source import SourceAdmin
from timeline.admin.statement import StatementAdmin
from timeline.admin.tag import TagAdmin

__all__ = [
    "AnnouncementAdmin",
    "MilestoneAdmin",
    "OrganisationAdmin",
    "ProgrammeAdmin",
    "RevisionAdmin",
    "SourceAdmin",
    "StatementAdmin",
    "TagAdmin",
]
