from django.contrib import admin

from timeline.admin.kept import EditedAdmin
from timeline.forms.subjects import OrganisationForm
from timeline.models import Milestone, Organisation


@admin.register(Organisation)
class OrganisationAdmin(EditedAdmin):
    form = OrganisationForm
    list_display = ["name", "country"]
    search_fields = ["name", "slug"]
    ordering = ["name", "pk"]
    slug_from = "name"
    told = ("name",)

    def is_public(self, obj: Organisation) -> bool:
        return bool(Milestone.objects.published().of_organisation(obj).exists())
