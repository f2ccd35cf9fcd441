from django.urls import path, re_path

from timeline.api import views

app_name = "api"

urlpatterns = [
    path("", views.Index.as_view(), name="index"),
    path("milestones/", views.Milestones.as_view(), name="milestones"),
    path("milestones/<slug:slug>/", views.OneMilestone.as_view(), name="milestone"),
    path("programmes/", views.Programmes.as_view(), name="programmes"),
    path("programmes/<slug:slug>/", views.OneProgramme.as_view(), name="programme"),
    path("organisations/", views.Organisations.as_view(), name="organisations"),
    path("organisations/<slug:slug>/", views.OneOrganisation.as_view(), name="organisation"),
    path("tags/", views.Tags.as_view(), name="tags"),
    path("tags/<slug:slug>/", views.OneTag.as_view(), name="tag"),
    path("schema/", views.Schema.as_view(), name="schema"),
    path("docs/", views.docs, name="docs"),
    re_path("", views.Nothing.as_view()),
]
