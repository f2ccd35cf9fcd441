"""Which app asked, in the words of its users, from what it says of itself. Pure."""

import re

LONGEST = 60
UNKNOWN = "an app that gives no name"
_READ = 400
# The first that is found names the app: what pretends to be something else stands before it.
_NAMES = [
    (re.compile(signs, re.IGNORECASE), name)
    for signs, name in [
        (r"google-calendar", "Google Calendar"),
        (r"nextcloud", "Nextcloud"),
        (r"owncloud", "ownCloud"),
        (r"thunderbird|lightning/", "Thunderbird"),
        (r"icsx5|icsdroid", "ICSx5"),
        (r"davx5|davdroid", "DAVx5"),
        (r"vdirsyncer", "vdirsyncer"),
        (r"\bkhal\b", "khal"),
        (r"evolution|gnome-calendar", "GNOME Calendar or Evolution"),
        (r"\bakonadi|\bkorganizer|\bkontact", "KDE Kontact"),
        (r"proton", "Proton Calendar"),
        (r"fastmail|cyrus-", "Fastmail"),
        (r"fantastical", "Fantastical"),
        (r"busycal", "BusyCal"),
        (r"home-?\s?assistant", "Home Assistant"),
        (r"outlook-(ios|android)|outlook mobile", "Outlook on a phone"),
        (r"microsoft[. -]exchange|exchangeservices|owa/", "Outlook.com or Microsoft 365"),
        (r"microsoft (office|outlook)|^outlook|ms-?office", "Outlook (classic)"),
        (r"^(ios|ipados)/.*(dataaccessd|calendar)|iphone calendar", "Apple Calendar on iPhone"),
        (r"dataaccessd|calendaragent|calendarstore|\bical/", "Apple Calendar on Mac"),
        (r"^curl/", "curl"),
        (r"^wget/", "Wget"),
        (r"\bfirefox/|\bfxios/", "Firefox"),
        (r"\bedga?/|\bedgios/", "Edge"),
        (r"\bchrom(e|ium)/|\bcrios/", "Chrome"),
        (r"\bsafari/", "Safari"),
        (r"^mozilla/", "a browser"),
    ]
]


def name_of(user_agent: str) -> str:
    """At most 60 characters on one line; the app's own first word if we do not know it."""
    said = _plain(user_agent)
    for signs, name in _NAMES:
        if signs.search(said):
            return name
    return _product(said) or UNKNOWN


def _plain(text: str) -> str:
    seen = "".join(sign if sign.isprintable() else " " for sign in text[:_READ])
    return " ".join(seen.split())


def _product(said: str) -> str:
    """“FooCal/2.1 (Linux) bar/3” → FooCal; a name of several words stays whole."""
    return re.split(r"[/(;,]", said, maxsplit=1)[0].strip()[:LONGEST].strip()
