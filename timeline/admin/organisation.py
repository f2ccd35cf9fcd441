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
    instead = "Readers follow it: change its name, or take it from what bears it."
    told = ("name",)

    def is_public(self, obj: Organisation) -> bool:
        return bool(Milestone.objects.published().of_organisation(obj).exists())
