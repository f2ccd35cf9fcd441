import pytest

from tests.far_side import far_side
from tests.smtp_sink import sink

__all__ = ["far_side", "sink"]


@pytest.fixture(autouse=True)
def own_outbox(settings, tmp_path):
    """No test leaves a mail in the developer's own outbox."""
    settings.MILEPOST_OUTBOX_DIR = str(tmp_path / "outbox")
