# What is seen in a user's money and work before they see it themselves.

bill-due = { $when ->
        [today] { $amount } for { $what } is due today ({ $day }).
        [tomorrow] { $amount } for { $what } is due tomorrow ({ $day }).
       *[soon] { $amount } for { $what } is due on { $day }.
    } Keep the money ready.
    .title = { $when ->
        [today] Due today: { $amount } for { $what }
        [tomorrow] Due tomorrow: { $amount } for { $what }
       *[soon] Due on { $day }: { $amount } for { $what }
    }
money-short = Your money may run out around { $day }: about { $by } will be missing. What helps: put off what can wait, and work a few more hours before then.
    .title = Your money may run out around { $day }
debit-unusual = { $amount } left your account ({ $what }). { $why ->
        [more_than_usual] That is more than usual.
        [bill_higher] This bill is higher than the last one.
       *[new_payee] You have not paid them before.
    } If it was not you, write "panic" in the chat: that pauses your account. Tell your bank at once, too.
    .title = Please look: { $amount } went out ({ $what })
    .usual = Usually it is { $usual }.
pay-cut = Since { $since } an hour of work with { $platform } brings you about { $after } instead of { $before }. If you can, compare with other platforms before you choose your hours.
    .title = { $platform } brings less per hour
social-days = { $milestone ->
        [near] You have almost enough days of work for social security: it takes 90 with one platform or 120 with several in a financial year, April to March (Code on Social Security). If you are not on e-Shram yet, register there. It is free.
       *[reached] You have enough days of work for social security this financial year: it takes 90 with one platform or 120 with several (Code on Social Security). Now register on e-Shram, if you have not. It is free.
    }
    .title = { $milestone ->
        [near] Social security: only a few days to go
       *[reached] You have enough days for social security
    }
    .missing = { $missing ->
        [one] { $missing } more day of work is missing.
       *[other] { $missing } more days of work are missing.
    }
pay-shortfall = { $gap ->
        [payment] { $platform } stated { $stated } for { $from } to { $to }, but only { $came } came.
        [week] You earned { $stated } with { $platform } from { $from } to { $to }, but only { $came } came.
       *[unexplained] For { $from } to { $to } { $platform } paid { $came } instead of { $stated }, and no reason can be seen.
    } { $missing } is missing. Open the app to get a letter to { $platform }.
    .title = { $platform }: { $missing } is missing
