"""Names of time zones in the press, and what each stands for."""

from dataclasses import dataclass, replace
from datetime import timedelta

from timeline.reading.answers import Context
from timeline.reading.grammar import Meanings, Rules

RULES = Rules()


@dataclass(frozen=True, slots=True)
class Zone:
    """An IANA zone by name, an offset in minutes, or both: "EST" is New York at -05:00.

    Neither of them means the home zone: "local time".
    """

    name: str = ""
    offset: int | None = None
    is_bare: bool = False  # "+05:30" alone, which beside a day may be a dash and a time

    @property
    def delta(self) -> timedelta | None:
        return None if self.offset is None else timedelta(minutes=self.offset)


LOCAL = Zone()
UTC = Zone("UTC", 0)
INDIA = Zone("Asia/Kolkata", 330)
_IST = (INDIA, Zone("Asia/Jerusalem", 120), Zone("Europe/Dublin", 60))
_CST = (Zone("America/Chicago", -360), Zone("Asia/Shanghai", 480))
_HOME_OF_IST = frozenset({"Asia/Kolkata", "Asia/Calcutta"})

RULES.words(
    "ZONENAME",
    {
        "utc gmt z zulu ut universal_time coordinated_universal_time greenwich_mean_time": UTC,
        "utc時間 協定世界時 世界標準時 グリニッジ標準時": UTC,
        "jst japan_standard_time japanese_standard_time japan_time japanese_time tokyo_time": Zone(
            "Asia/Tokyo", 540
        ),
        "日本時間 日本標準時": Zone("Asia/Tokyo", 540),
        "kst korea_standard_time korean_time seoul_time": Zone("Asia/Seoul", 540),
        "韓国時間 韓国標準時": Zone("Asia/Seoul", 540),
        "indian_standard_time india_standard_time indian_time india_time": INDIA,
        "インド時間 インド標準時": INDIA,
        "est eastern_standard_time 米東部標準時 米国東部標準時": Zone("America/New_York", -300),
        "edt eastern_daylight_time 米東部夏時間 米国東部夏時間": Zone("America/New_York", -240),
        "et eastern_time eastern u.s._eastern_time us_eastern_time 米東部時間 米国東部時間": Zone(
            "America/New_York"
        ),
        "米中部標準時": Zone("America/Chicago", -360),
        "cdt central_daylight_time 米中部夏時間": Zone("America/Chicago", -300),
        "ct central_time": Zone("America/Chicago"),
        "mst mountain_standard_time 米山岳部標準時": Zone("America/Denver", -420),
        "mdt mountain_daylight_time 米山岳部夏時間": Zone("America/Denver", -360),
        "mt mountain_time": Zone("America/Denver"),
        "pst pacific_standard_time 米太平洋標準時": Zone("America/Los_Angeles", -480),
        "pdt pacific_daylight_time 米太平洋夏時間": Zone("America/Los_Angeles", -420),
        "pt pacific_time pacific 米太平洋時間": Zone("America/Los_Angeles"),
        "cet central_european_time 中央ヨーロッパ標準時": Zone("Europe/Paris", 60),
        "cest central_european_summer_time 中央ヨーロッパ夏時間": Zone("Europe/Paris", 120),
        "paris_time": Zone("Europe/Paris"),
        "bst british_summer_time 英国夏時間": Zone("Europe/London", 60),
        "london_time uk_time": Zone("Europe/London"),
        "eet 東ヨーロッパ標準時": Zone("Europe/Helsinki", 120),
        "eest 東ヨーロッパ夏時間": Zone("Europe/Helsinki", 180),
        "msk moscow_time モスクワ標準時": Zone("Europe/Moscow", 180),
        "aest australian_eastern_standard_time 豪東部標準時": Zone("Australia/Sydney", 600),
        "aedt australian_eastern_daylight_time 豪東部夏時間": Zone("Australia/Sydney", 660),
        "awst": Zone("Australia/Perth", 480),
        "nzst ニュージーランド標準時": Zone("Pacific/Auckland", 720),
        "nzdt ニュージーランド夏時間": Zone("Pacific/Auckland", 780),
        "hkt": Zone("Asia/Hong_Kong", 480),
        "sgt singapore_time": Zone("Asia/Singapore", 480),
        "pht manila_time philippine_time": Zone("Asia/Manila", 480),
        "beijing_time": Zone("Asia/Shanghai", 480),
        "pkt pakistan_time": Zone("Asia/Karachi", 300),
        "npt nepal_time": Zone("Asia/Kathmandu", 345),
        "ict thailand_time": Zone("Asia/Bangkok", 420),
        "sast": Zone("Africa/Johannesburg", 120),
        "wib": Zone("Asia/Jakarta", 420),
        "gst": Zone("Asia/Dubai", 240),
        "brt": Zone("America/Sao_Paulo", -180),
        "local_time local 現地時間": LOCAL,
    },
)


@RULES.rule("ZONENAME", "cst", "central_standard_time")
def cst() -> Meanings:
    return Meanings(_CST, "Which CST: American or Chinese?")


@RULES.rule("ZONENAME", "ist")
def ist(context: Context) -> object:
    """Indian only where the milestone is at home in India."""
    if context.home_zone in _HOME_OF_IST:
        return INDIA
    return Meanings(_IST, "Which IST: India's, Israel's or Ireland's?")


@RULES.rule("SIGN", "+")
def plus() -> int:
    return 1


@RULES.rule("SIGN", "-")
def minus() -> int:
    return -1


@RULES.rule("OFFSET", "SIGN DIGITS2 : DIGITS2", "SIGN DIGIT1 : DIGITS2")
def offset(sign: int, hours: int, minutes: int) -> Zone | None:
    if hours > 14 or minutes > 59:  # noqa: PLR2004 -- the widest offset and hour there are
        return None
    return Zone(offset=sign * (60 * hours + minutes))


@RULES.rule("OFFSET", "SIGN TEXT4")
def compact_offset(sign: int, digits: str) -> Zone | None:
    return offset(sign, int(digits[:2]), int(digits[2:]))


@RULES.rule("ZONENAME", "utc|gmt SIGN NUMBER2")
def hours_from_utc(sign: int, hours: int) -> Zone | None:
    return offset(sign, hours, 0)


@RULES.rule("ZONENAME", "utc|gmt OFFSET")
def named_offset(zone: Zone) -> Zone:
    return zone


@RULES.rule("ZONENAME", "OFFSET")
def bare_offset(zone: Zone) -> Zone:
    return replace(zone, is_bare=True)


@RULES.rule("ZONE", "ZONENAME", "( ZONENAME )", ", ZONENAME", "[ ZONENAME ]")
@RULES.rule("ZONE", "ZONENAME ( ZONENAME )")
def zone(first: object, _again: object = None) -> object:
    return first
