"""The forms of what is not dated itself: programmes, organisations, tags, sources."""

from django import forms

from timeline.forms.seen import SeenForm
from timeline.forms.text import WebAddressField
from timeline.models import Organisation, Programme, Source, Tag


class ProgrammeForm(SeenForm):
    class Meta:
        model = Programme
        fields = ["title", "slug", "aliases", "summary", "organisations"]
        widgets = {"organisations": forms.CheckboxSelectMultiple}


class OrganisationForm(SeenForm):
    class Meta:
        model = Organisation
        fields = ["name", "slug", "country"]


class TagForm(SeenForm):
    class Meta:
        model = Tag
        fields = ["name", "slug", "is_kind"]


class SourceForm(SeenForm):
    class Meta:
        model = Source
        fields = ["publisher", "title", "url", "grade", "published_on", "published_precision"]
        field_classes = {"url": WebAddressField}
        labels = {"published_precision": "This day is known"}
        help_texts = {"published_on": "Of a month, give the first day."}
