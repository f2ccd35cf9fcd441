import pytest
from django.urls import reverse

from tests.admin.screen import preview, preview_and_save, reading_url, typed
from tests.factories import MilestoneFactory, ProgrammeFactory
from timeline.models import Milestone, Organisation, Programme, Source, Statement, Tag

pytestmark = pytest.mark.django_db

HTML = "<script>alert(1)</script>"
INPUTS = {
    "lines": "one\r\ntwo\rthree\nfour",
    "nul": "one\x00two",
    "controls": "one\x1b[31m\x85two\u2028three",
    "html": HTML,
    "turned": "one\u202etwo",
    "long": "x" * 5000,
    "wide": "日本語 🚀 ́",
    "template": "{{ 7 }}{% debug %}%s%n{0}",
}
NEW = {
    "programme": {"title": "A", "slug": "a", "aliases": "", "summary": ""},
    "organisation": {"name": "A", "slug": "a", "country": ""},
    "tag": {"name": "A", "slug": "a"},
    "source": {
        "publisher": "A",
        "title": "",
        "url": "",
        "grade": "B",
        "published_on": "",
        "published_precision": "day",
    },
    "milestone": {
        "title": "A",
        "slug": "a",
        "summary": "",
        "place": "",
        "url": "",
        "shape": "instant",
        "home_zone": "UTC",
        "hemisphere": "N",
        "fiscal": "",
    },
}
MODELS = {
    "programme": Programme,
    "organisation": Organisation,
    "tag": Tag,
    "source": Source,
    "milestone": Milestone,
}
STATED = [
    "words",
    "stated_on",
    "source",
    "url",
    "publisher",
    "title",
    "grade",
    "published_on",
    "kind",
    "reason",
    "telling",
    "option",
    "standing",
    "confirmed",
    "seen_number",
]


def has_controls(text):
    return any(ord(sign) < 32 and sign != "\n" for sign in text) or "\u202e" in text


@pytest.mark.parametrize("text", INPUTS.values(), ids=INPUTS)
@pytest.mark.parametrize("model", NEW)
def test_no_input_breaks_a_form(editor_client, model, text):
    rows, valid = MODELS[model].objects, NEW[model]
    if model == "milestone":
        valid = valid | {"programme": ProgrammeFactory().pk}

    for field in NEW[model]:
        answer = editor_client.post(
            reverse(f"admin:timeline_{model}_add"), valid | {"slug": f"a-{field}", field: text}
        )

        if answer.status_code == 200:
            assert field in answer.context["adminform"].form.errors
            assert HTML not in answer.text
        else:
            assert answer.status_code == 302
            assert not has_controls(getattr(rows.latest("pk"), field))
    assert HTML not in editor_client.get(reverse(f"admin:timeline_{model}_changelist")).text


def test_what_was_typed_is_kept_beside_the_error(editor_client):
    answer = editor_client.post(
        reverse("admin:timeline_tag_add"), {"name": "Moon & debris", "slug": "a b"}
    )

    assert 'value="Moon &amp; debris"' in answer.text
    assert 'value="a b"' in answer.text


def test_text_that_is_only_control_characters_is_no_text(editor_client):
    answer = editor_client.post(
        reverse("admin:timeline_tag_add"), {"name": "\x01\x02", "slug": "a"}
    )

    assert answer.context["adminform"].form.errors["name"] == ["This field is required."]


def test_lines_become_one_where_one_line_is_shown(editor_client):
    editor_client.post(
        reverse("admin:timeline_programme_add"),
        {"title": "A\r\nBcc: b", "slug": "a", "summary": "one\r\n\r\ntwo\x07"},
    )

    programme = Programme.objects.get()
    assert (programme.title, programme.summary) == ("A Bcc: b", "one\n\ntwo")


@pytest.mark.parametrize("text", INPUTS.values(), ids=INPUTS)
@pytest.mark.parametrize("field", STATED)
def test_no_input_breaks_the_screen(editor_client, field, text):
    milestone = MilestoneFactory()
    sent = typed(milestone, "2028") | {field: text}

    live = editor_client.post(reading_url(milestone), sent)
    saved = preview_and_save(editor_client, milestone, sent)

    assert live.status_code == 200
    assert saved.status_code in {200, 302}
    assert HTML not in live.text + saved.text
    for statement in Statement.objects.all():
        assert not has_controls(statement.text + statement.reason + str(statement.source))


def test_what_an_editor_typed_is_kept_when_it_is_refused(editor_client):
    milestone = MilestoneFactory()

    answer = preview(
        editor_client, milestone, typed(milestone, "<b>soonish</b>", reason="Why & how", url="x y")
    )

    assert 'value="&lt;b&gt;soonish&lt;/b&gt;"' in answer.text
    assert 'value="Why &amp; how"' in answer.text
    assert 'value="x y"' in answer.text


@pytest.mark.parametrize("model", ["tag", "organisation", "programme"])
def test_a_name_in_another_script_needs_a_slug(editor_client, model):
    name = "title" if model == "programme" else "name"

    answer = editor_client.post(reverse(f"admin:timeline_{model}_add"), {name: "月", "slug": ""})

    assert answer.context["adminform"].form.errors["slug"] == [
        "Give a slug in Latin letters (“lunar-lander”): it stands in the address of the page."
    ]
