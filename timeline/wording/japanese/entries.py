"""What the entries of a calendar say in Japanese."""

from timeline.changes import StatementKind
from timeline.dates import Mode, Qualifier
from timeline.wording.entry_words import ALL, FIRST, LAST, EntryWords
from timeline.wording.japanese.news import change_words
from timeline.wording.japanese.phrases import date_words, said_words, window_words

JAPANESE = EntryWords(
    date_words=date_words,
    window_words=window_words,
    change_words=change_words,
    day_words=said_words,
    cancelled="中止: ",
    bracketed="（{words}）",
    was="（中止前の予定: {words}）",
    overdue_was="（予定の時期を経過: {words}）",
    last_day_of="{words}、最終日",
    approximate="日程未確定",
    when={
        StatementKind.PLAN: "日程: {said}",
        StatementKind.OCCURRED: "実施: {said}",
        StatementKind.CANCELLED: "中止前の日程: {said}",
    },
    when_days="{words}（{days}）",
    is_overdue="未確認: 予定の時期を過ぎましたが、結果はまだ発表されていません。",
    time_named="確定: 時刻まで発表されています。",
    days_named="確定: 期間が日付まで発表されています。",
    day_named="確定: 日付まで発表されています。",
    to_be_confirmed="未確定: 正式な確認はこれからです。",
    doubted={
        Qualifier.APPROXIMATE: "未確定: 多少前後する可能性があります。",
        Qualifier.UNCERTAIN: "未確定: 発表元も確かではないとしています。",
        Qualifier.BOTH: "未確定: 前後する可能性があり、発表元も確かではないとしています。",
    },
    open={
        (Mode.WITHIN, FIRST): (
            "未確定: この期間のいずれかの日です。この予定は最初の日を示します。"
        ),
        (
            Mode.WITHIN,
            LAST,
        ): "未確定: この期間のいずれかの日です。この予定は最後の日を示します。",
        (
            Mode.WITHIN,
            ALL,
        ): "未確定: この期間のいずれかの日です。この予定は期間全体を示します。",
        (
            Mode.SPAN,
            FIRST,
        ): "未確定: 分かっているのはここまでです。この予定は最初の日を示します。",
        (
            Mode.SPAN,
            LAST,
        ): "未確定: 分かっているのはここまでです。この予定は最後の日を示します。",
        (
            Mode.SPAN,
            ALL,
        ): "未確定: 分かっているのはここまでです。この予定は期間全体を示します。",
        (
            Mode.NET,
            FIRST,
        ): "未確定: この時期以降のいずれかの日です。この予定は最も早い日を示します。",
        (Mode.BY, LAST): "未確定: この期限までのいずれかの日です。この予定は最も遅い日を示します。",
    },
    changed="更新（{day}掲載）: {news}",
    said_in_month="出典: {publisher}（{day}）",
    said_on_day="出典: {publisher}（{day}）",
    why="理由: {reason}",
    digest_one="{year}年中（時期未定）: 1件",
    digest_many="{year}年中（時期未定）: {count}件",
    digest_of="次のものは年だけが発表されています。",
    digest_more="… ほか{count}件",
    nothing_dated="現在、表示する予定はありません: {name}",
    nothing_dated_yet="このカレンダーに当てはまる予定ができると、自動的に表示されます。",
    about="何がいつ行われ、誰がそう発表したかを示すカレンダーです。",
    about_sign="名前の前に ~ がある予定は日付が未定で、",
    about_words="名前の後の括弧に時期がある予定は日付が未定で、",
    about_marks={
        "start": "可能性のある最初の日に表示します。",
        "end": "可能性のある最後の日に表示します。",
        "both": "可能性のある最初の日と最後の日に表示します。",
        "span": "可能性のある期間全体に、長いときは最初の日に表示します。",
        "none": "表示しません。",
    },
)
