from django.urls import path

from notifications.pages import (
    address,
    mails,
    manage,
    manage_link,
    rights,
    subscribe,
    tokens,
    webhooks,
)

app_name = "notifications"

urlpatterns = [
    path("subscribe/", subscribe.subscribe_page, name="subscribe"),
    path("subscribe/asked/", subscribe.asked_page, name="asked"),
    path("subscribe/confirm/<str:token>/", tokens.confirm_page, name="confirm"),
    path("unsubscribe/<str:token>/", tokens.unsubscribe_page, name="unsubscribe"),
    path("unsubscribe/<str:token>/undo/", tokens.take_back_page, name="take-back"),
    path("manage/", manage_link.manage_ask_page, name="manage-ask"),
    path("manage/asked/", manage_link.manage_asked_page, name="manage-asked"),
    path("manage/<str:token>/", manage.manage_page, name="manage"),
    path("manage/<str:token>/again/", manage_link.manage_again_page, name="manage-again"),
    path("manage/<str:token>/export/", rights.export_page, name="export"),
    path("manage/<str:token>/erase/", rights.erase_page, name="erase"),
    path("address/<str:token>/", address.address_page, name="address"),
    path("webhooks/", webhooks.webhooks_page, name="webhooks"),
    path("mails/", mails.mails_page, name="mails"),
    path("mails/<str:name>/", mails.mail_page, name="mail"),
    path("mails/<str:name>/html/", mails.mail_html, name="mail-html"),
]
