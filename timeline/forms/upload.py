from pathlib import Path
from typing import Any

from django import forms

from timeline.forms.sourced import SourcedForm
from timeline.importing.uploads import MOST_BYTES
from timeline.models import Upload

BY_THE_NAME = {".csv": Upload.Form.CSV, ".json": Upload.Form.JSON, ".ics": Upload.Form.ICS}


class UploadForm(SourcedForm):
    """A file of statements; of a calendar also whose it is, for its entries are that source's word.

    After validation `form_of_file` is what kind of file it is.
    """

    file = forms.FileField(
        label="The file",
        help_text="CSV or JSON with a statement in each row, or somebody’s calendar (.ics). "
        "At most 5 MB. It is read and shown first; nothing is written yet.",
        widget=forms.FileInput(attrs={"accept": ".csv,.json,.ics,.ical"}),
    )
    kind = forms.ChoiceField(
        label="What it is",
        choices=[("", "as its name says"), *Upload.Form.choices],
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, milestone=None, **kwargs)
        self.form_of_file = ""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        file = cleaned.get("file")
        if file is None:
            return cleaned
        by_the_name = BY_THE_NAME.get(Path(file.name).suffix.lower(), "")
        self.form_of_file = str(cleaned.get("kind") or by_the_name)
        if not self.form_of_file:
            self.add_error("kind", "Its name does not say what it is: choose it here.")
        if file.size > MOST_BYTES:
            self.add_error("file", "It is over 5 MB: cut it in two.")
        if self.form_of_file != Upload.Form.ICS:
            self._needs_no_source()
        return cleaned

    def _needs_no_source(self) -> None:
        """The rows of other files name their own."""
        for name in ("source", "publisher", "stated_on"):
            self.errors.pop(name, None)
        self.who = None
