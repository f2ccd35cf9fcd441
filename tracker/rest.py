"""How the API presents itself: settings of its frameworks, the same wherever Milepost runs."""

REST_FRAMEWORK = {
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticatedOrReadOnly"],
    "URL_FORMAT_OVERRIDE": None,  # the API itself says which parameters it reads
    "NUM_PROXIES": 0,  # tracker.proxies has put the reader's address into REMOTE_ADDR
    "UNAUTHENTICATED_USER": "django.contrib.auth.models.AnonymousUser",
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Milepost",
    "DESCRIPTION": "What will happen, when, who says so, and how that changed.",
    "VERSION": "1",
    "OAS_VERSION": "3.1.0",
    "SERVE_INCLUDE_SCHEMA": False,
    "ENUM_NAME_OVERRIDES": {
        "StatementKind": "timeline.changes.StatementKind",
        "ChangeKind": "timeline.changes.ChangeKind",
        "KnownTo": "timeline.models.Source.Known",
    },
    "ENUM_GENERATE_CHOICE_DESCRIPTION": False,
}
