# What a user plans, and what is seen of their banks.

day-summary = Today you earned { $income } and spent { $expenses }. { $status ->
        [ahead] { $left } is left of today.
        [behind] You spent { $left } more than you earned.
       *[none] Nothing is noted yet.
    }
    .title = Your day
    .tip = { $tip ->
        [note] Tip: note expenses as they come. One line is enough.
        [fuel] Tip: fuel took much of today's income. Check the air in your tyres, and wait near busy places.
        [save] Tip: put something aside for your goal today.
        [spend] Tip: look where the money went. Write "where did my money go".
       *[good] Tip: a good day. Take care of yourself on the road.
    }
day-before = Yesterday you earned { $income } and spent { $expenses }. { $status ->
        [ahead] { $left } was left of it.
        [behind] You spent { $left } more than you earned.
       *[none] Nothing is noted of it.
    }
    .title = Your day yesterday
    .tip = { $tip ->
        [note] Tip: note expenses as they come. One line is enough.
        [fuel] Tip: fuel took much of yesterday's income. Check the air in your tyres, and wait near busy places.
        [save] Tip: put something aside for your goal today.
        [spend] Tip: look where the money went. Write "where did my money go".
       *[good] Tip: yesterday was a good day. Take care of yourself on the road.
    }
standing-announced = Tomorrow { $amount } goes to { $to }, as you have set it up. To stop it, write "stop the payment to { $to }" in the chat.
    .title = { $amount } to { $to } tomorrow
standing-failed = Your standing payment of { $amount } to { $to } was not made today. { $why ->
        [short_of_money] There was not enough money in your wallet.
       *[refused] A limit or a rule does not allow it.
    }
    .title = { $amount } to { $to } was not sent
bank-trouble = { $why ->
        [sign_in_again] { $bank } asks you to sign in and agree again. Until then I see nothing new of it.
        [consent_ended] Your consent for { $bank } has ended. Connect it again if you want to see it here.
       *[withdrawn] You took your consent back at { $bank }. It is disconnected.
    }
    .title = { $bank }: please look
bank-ends = Your consent for { $bank } ends on { $day }. Nothing new of it is seen after that, until you connect it again.
    .title = Your consent for { $bank } ends on { $day }
bank-stale = { $bank } could not be read since { $day }. I go on trying. If it stays like this, disconnect it in the chat and connect it again.
    .title = { $bank }: nothing new since { $day }
