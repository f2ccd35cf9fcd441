"""Words around a date: that there is none, that it is over, that it is doubtful or denied.

The symbols are read by `sentences`: NODATE, HAPPENED, PLANNED, PERHAPS, DENIED, MOVED, CARRIER,
and NOTADATE for numbers that measure something else.
"""

from dataclasses import dataclass

from timeline.reading.answers import Kind
from timeline.reading.durations import Length
from timeline.reading.grammar import Rules

RULES = Rules()


@dataclass(frozen=True, slots=True)
class Undated:
    """In place of a date: "TBD", "soon", "cancelled"."""

    certainty: str = ""
    kind: Kind = "plan"
    is_firm: bool = True
    denies: bool = False  # said beside a date, it denies the date


_TBD = Undated("tbd")
_TBC = Undated("tbc")
_SOON = Undated(is_firm=False)
_LATER = Undated()
_OFF = Undated()
_CANCELLED = Undated(kind="cancelled")
_NEVER = Undated(kind="cancelled", denies=True)

RULES.words(
    "NODATE",
    {
        "tbd t.b.d. t.b.d tba t.b.a. tbn tbr to_be_determined to_be_decided to_be_announced": _TBD,
        "to_be_fixed to_be_set to_be_scheduled to_be_defined to_be_advised undetermined": _TBD,
        "undecided unscheduled not_yet_set not_yet_determined not_yet_decided not_set": _TBD,
        "not_yet_fixed not_yet_scheduled not_yet_known not_yet_announced not_announced": _TBD,
        "yet_to_be_decided yet_to_be_announced yet_to_be_determined yet_to_be_fixed": _TBD,
        "yet_to_be_set still_to_be_decided still_to_be_determined still_open": _TBD,
        "no_date no_date_yet no_date_set no_date_given no_date_has_been_set": _TBD,
        "no_launch_date no_fixed_date no_firm_date no_time_frame no_timeframe no_timeline": _TBD,
        "date_unknown unknown not_known not_specified unspecified undisclosed not_disclosed": _TBD,
        "n/a none under_review date_open no_dates no_new_date not_decided not_fixed": _TBD,
        "未定 未発表 検討中 不明 未決定": _TBD,
        "決まっていない 決まっていません 未公表 時期未定 日程未定": _TBD,
        "tbc t.b.c. to_be_confirmed to_be_finalised to_be_finalized unconfirmed": _TBC,
        "yet_to_be_confirmed not_yet_confirmed not_confirmed 調整中 未確定": _TBC,
        "soon very_soon shortly recently lately just_now imminent imminently eventually": _SOON,
        "later at_a_later_date at_a_later_time": _LATER,
        "someday some_day sometime some_time in_due_course in_the_near_future near_future": _SOON,
        "in_the_future in_future in_the_coming_days in_the_coming_weeks": _SOON,
        "in_the_coming_months in_the_coming_years in_coming_days in_coming_weeks": _SOON,
        "in_coming_months in_coming_years in_the_next_few_days in_the_next_few_weeks": _SOON,
        "in_the_next_few_months in_the_next_few_years over_the_coming_months": _SOON,
        "in_a_few_days in_a_few_weeks in_a_few_months in_a_few_years in_a_while": _SOON,
        "within_a_few_days within_a_few_weeks within_a_few_months within_a_few_years": _SOON,
        "a_few_years_from_now a_few_months_from_now in_several_years in_several_months": _SOON,
        "as_soon_as_possible asap a.s.a.p. when_ready before_long any_day_now any_time_now": _SOON,
        "within_weeks within_months within_days within_years in_weeks in_months in_years": _SOON,
        "in_the_coming_weeks_or_months in_the_short_term in_the_long_term ongoing": _SOON,
        "近日 近日中 近日公開 まもなく 間もなく 近く": _SOON,
        "近い将来 将来 最近 先日 このほど 数年後": _SOON,
        "数年以内 数か月後 今後数年 そのうち いずれ 当面 できるだけ早く": _SOON,
        "postponed_indefinitely delayed_indefinitely indefinitely_postponed suspended": _OFF,
        "indefinitely_delayed postponed_until_further_notice until_further_notice": _OFF,
        "on_hold put_on_hold shelved in_limbo indefinitely": _OFF,
        "無期限延期 見送り 当面延期 凍結 保留": _OFF,
        "cancelled canceled called_off scrapped abandoned axed terminated": _CANCELLED,
        "discontinued cancellation": _CANCELLED,
        "never not_happening will_not_happen": _NEVER,
        "中止 取りやめ 取り止め 取消 取り消し キャンセル 打ち切り 白紙撤回": _CANCELLED,
    },
)
RULES.words(
    "HAPPENED",
    {
        "launched has_launched was_launched were_launched have_launched took_place held": True,
        "was_held were_held landed signed was_signed lifted_off blasted_off flew occurred": True,
        "successfully happened ended began started opened met completed was_completed": True,
        "deactivated docked re-entered reentered returned arrived departed deployed done": True,
        "separated exchanged inaugurated concluded": True,
        "announced established given approved": False,
        "打ち上げた 打ち上げられた 打上げられた 打ち上げ成功 打上げ成功 着陸した 開催された": True,
        "行われた 実施された 実施した 署名した 成功した 終了した 帰還した": True,
    },
)
RULES.words(
    "PLANNED",
    {
        "will will_be to_be to_launch to_fly to_land to_lift_off shall planned_to scheduled": True,
        "scheduled_to expected expected_to planned is_planned set_to set_for slated due": True,
        "slated_to targeted targeting target aims aiming would should proposed intended": True,
        "intends_to intend_to plans_to going_to about_to plan plans to_be_held to_take_place": True,
        "予定 計画 目指す 目指して 目標 見込み 見込む 見通し 方針 めど 目途": True,
    },
)
RULES.words(
    "PERHAPS",
    {
        "likely may might could possibly perhaps probably maybe potentially tentatively": True,
        "if_all_goes_well if_all_goes_to_plan if_all_goes_as_planned if_all_goes_smoothly": True,
        "if_everything_goes_well if_everything_goes_to_plan all_being_well": True,
        "tentative hopefully hopes hopes_to hoped hoping presumably": True,
        "可能性 可能性がある かもしれない 暫定 おそらく 見られる もしかすると": True,
    },
)
RULES.words(
    "DENIED",
    {
        "not nothing no_longer never cannot hardly scarcely unlikely": True,
        "rather_than instead instead_of except": True,
        "unless if whether neither nor without missed misses miss ruled_out dropped": True,
        "abandoned was_to were_to was_due was_scheduled were_scheduled was_planned": True,
        "had_been originally previously formerly initially earlier_planned earlier_than": True,
        "once_planned was_expected was_set was_targeted was_supposed out_of_the_question": True,
        "or_later or_earlier at_the_earliest at_the_latest earliest latest sooner since": True,
        "backup back-up alternative alternate contingency reserve fallback every each": True,
        "annually yearly annual monthly weekly": True,
        "no_chance no_way no_hope impossible doubtful rules_out rule_out ruling_out": True,
        "should_have would_have could_have too_late failed_to fails_to anything_but far_from": True,
        "excludes excluded excluding none in_doubt in_jeopardy off_the_table": True,
        "no_launch no_launches no_flight no_flights no_attempt no_landing no_mission": True,
        "困難 難し 厳し でき_ず 断念": True,
        "米国時間 米時間 欧州時間 アメリカ時間 ヨーロッパ時間": True,
        "as_of different another wrong ではなく ない なかった 当初 もともと 以外": True,
    },
)
RULES.words(
    "MOVED",
    {
        "scrubbed scrub moved moves move slipped slips": True,
        "slip delayed delays delay postponed postpones": True,
        "postpone pushed pushes push pushed_back shifted shifts rescheduled reschedules": True,
        "deferred defers brought_forward advanced changed revised put_back set_back": True,
        "moved_up moves_up move_up moving_up pushed_up pulled_up pulled_in pulled_forward": True,
        "accelerated drifted bumped slides slid moving slipping pushing delaying postponing": True,
        "延期 延期され 延期し 変更 前倒し 後ろ倒し 先送り ずれ込": True,
    },
)
RULES.words(
    "CARRIER",
    {
        "launch launches launching launched lift-off liftoff landing land lands flight fly": True,
        "date day time window launch_date target_date the a an is are be been": True,
        "it its this that of for in on at to by from with as and or until now currently": True,
        "planned scheduled expected targeted targeting slated set due target aim aims aiming": True,
        "proposed intended plan plans will would should shall going about have has": True,
        "take place takes held opening start starts begin begins end ends sometime happen": True,
        "happens occur occurs summit meeting signing rendezvous docking splashdown mid": True,
        "timeframe time_frame provisional year years season": True,
        "eta earliest_launch schedule readiness ready we they": True,
        "に の は を が で と も へ 、 。 ・ 予定 計画 打ち上げ 打上げ 打上 打ち上げる 開催": True,
        "実施 着陸 発射 年 頃 目標 目指す 目指し": True,
        "見込み 見込む 予定です される する した いる": True,
        "して です だ ます となる になる なる 見通し 方針 めど": True,
        "目途 発表 完了 開始 終了 始まる 行う 行われる": True,
        "成功 後 時期 日程 日時 時間 最短 現在 まで": True,
    },
)
_UNITS_OF_MEASURE = {
    "kg kgs kilograms kilogram g km kms kilometres kilometers metres meters m cm mm": True,
    "tonnes tonne tons ton mt mw kw w hz ghz mhz mbps gb tb n kn k °c % percent": True,
    "million billion trillion crore lakh thousand hundred usd dollars euros yen rupees": True,
    "people persons satellites nations countries members seats times orbits laps points": True,
    "hours hour hrs minutes minute mins seconds second sec days day weeks months years": True,
    "円 億円 万円 人 基 機 回 個 キロ キログラム": True,
    "メートル トン ドル 時間 分間 か国 カ国 歳 位": True,
}
MEASURED = frozenset(" ".join(_UNITS_OF_MEASURE).split())
RULES.words("UNITOFMEASURE", _UNITS_OF_MEASURE)
RULES.words("CURRENCY", {"$ us$ € £ ¥ ₹ rs rs. usd inr jpy eur": True})


@RULES.rule("NOTADATE", "NUMBER UNITOFMEASURE", "NUMBER -? UNITOFMEASURE", "CURRENCY NUMBER")
@RULES.rule("NOTADATE", "CURRENCY NUMBER UNITOFMEASURE", "NUMBER %")
def quantity(*_parts: object) -> bool:
    return True


@RULES.rule("NUMBER", "FRACTION", "FRACTION .|, FRACTION", "FRACTION .|, FRACTION .|, FRACTION")
def number(*_digits: object) -> bool:
    return True


@RULES.rule("NOTADATE", "LENGTH", "for|lasting|over|about|nearly|almost|after|last|lasts LENGTH")
def lasting(_length: Length) -> bool:
    return True
