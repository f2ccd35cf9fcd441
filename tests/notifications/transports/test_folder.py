import pytest

from notifications.transports import mails
from notifications.transports.base import ChannelError, Fault, Parcel
from notifications.transports.email import EmailTransport
from notifications.transports.folder import FolderTransport


def parcel(content: bytes = b"first", message_id: str = "<d.1@milepost.example>") -> Parcel:
    return Parcel(
        message_id=message_id, sender="m@x.example", recipient="a@x.example", content=content
    )


def test_a_mail_is_a_file_and_a_second_try_replaces_it(tmp_path):
    folder = tmp_path / "new" / "outbox"

    with FolderTransport(folder).connect() as line:
        line.carry(parcel(b"first"))
        line.carry(parcel(b"again"))
        line.carry(parcel(b"other", "<d.2@milepost.example>"))

    assert {file.name: file.read_bytes() for file in folder.iterdir()} == {
        "d.1.eml": b"again",
        "d.2.eml": b"other",
    }


def test_no_message_leaves_the_folder(tmp_path):
    with FolderTransport(tmp_path / "outbox").connect() as line:
        line.carry(parcel(message_id="<../../d.1\x00@milepost.example>"))

    assert [file.name for file in tmp_path.rglob("*.eml")] == [".._.._d.1_.eml"]


def test_a_folder_that_cannot_be_written_is_a_relay_that_is_down(tmp_path):
    (tmp_path / "outbox").write_text("in the way")

    with pytest.raises(ChannelError) as error, FolderTransport(tmp_path / "outbox").connect():
        pass

    assert error.value.fault is Fault.RELAY


def test_a_disk_that_is_full_is_a_relay_that_is_down(tmp_path):
    transport = FolderTransport(tmp_path / "outbox")

    with transport.connect() as line:
        transport.folder.rmdir()
        with pytest.raises(ChannelError) as error:
            line.carry(parcel())

    assert error.value.fault is Fault.RELAY


def test_mail_is_kept_while_there_is_a_folder(settings, tmp_path):
    settings.MILEPOST_OUTBOX_DIR = str(tmp_path)
    kept = mails()
    settings.MILEPOST_OUTBOX_DIR = ""
    sent = mails()

    assert (type(kept), type(sent)) == (FolderTransport, EmailTransport)
