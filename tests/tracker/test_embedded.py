from tracker.celery import app
from tracker.embedded import EmbeddedWorker


def test_beat_keeps_its_schedule_in_memory(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    scheduler = EmbeddedWorker(app).beat.service.get_scheduler()

    assert type(scheduler).__name__ == "Scheduler"
    assert list(tmp_path.iterdir()) == []
