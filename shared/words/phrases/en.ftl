### What the assistant says. Values come formatted. A button's words (`button-`) have at most 20 characters, a row's (`row-`) at most 24.

## Who writes, and what for
stranger = This number has no Kamai account yet. Log in once in the app with this number, then write again.
help = I show your money and move it: balance, sending, cash-out, earnings and expenses, goals. Write, for example: "balance", "send 500 to Ravi" or "earned 850 Swiggy, petrol 200".
not-understood = I did not understand that. Choose one, or say it in other words.
not-read = I can read text, buttons, voice notes and photos of UPI codes. Please write it.
too-long = That is more than I can read at once. Please write it shorter.
not-available = That is not possible in Kamai yet.
off-topic = I can only help with your money and your work.
hot-zones-none = I cannot see yet where demand is high. What I show you is only ever what I know.
schemes-none = I do not know the government schemes well enough yet to tell you which are for you. A Common Service Centre can.
loans-none = Kamai has no licensed lender yet, so there is no loan here. Never pay a fee first to get a loan: that is a fraud.
try-again = That did not work just now; nothing was done. Please try again in a few minutes.

## Buttons, and rows of the menu
button-yes = Yes
button-no = No
button-choose = Choose
button-open = Open
button-statement = Statement (PDF)
button-receipt = Receipt (PDF)
row-balance = Balance
row-send = Send money
row-cash-out = Cash out
row-today = Today's earnings
row-log = Note an earning
row-language = Language
row-human = Talk to a person
row-panic = Stop everything
row-bank = Connect a bank
row-bill = Pay a bill

## Balance and movements
balance = You can spend { $available }.
balance-held = You can spend { $available }. { $held } more is set aside for payments on their way.
movements = Your last movements:
movements-none = There are no movements yet.
movements-none-then = There are no movements in that time.
movement-in = { $day }: { $amount } in, { $what }
movement-out = { $day }: { $amount } out, { $what }
what-payment = payment received
what-refund = refund
what-transfer = transfer
what-payout = cash-out
what-other = other

## Asking for what is missing
ask-amount = How much?
ask-amount-log = How much was it?
ask-payee = To whom? Write a name you have paid before, a phone number or a UPI id.
ask-target = How much do you want to save?
ask-goal = What are you saving for?
ask-language = Which language?
ask-biller = Which bill? Write for example: electricity, mobile recharge, gas, water, DTH.
ask-bank = Which bank?
ask-day = On which day?
no-payee = I know nobody called { $name } among those you have paid. Write their phone number or UPI id.
which-payee = There are several called { $name }. Whom do you mean?
dropped = All right, I have dropped that.

## Before money moves
confirm-transfer = Send { $amount } to { $to }? There is no fee. You then have { $left } left. Press Yes within 5 minutes.
confirm-payout = Pay { $amount } to { $to }? Fee: { $fee }. In all: { $total }. You then have { $left } left. Press Yes within 5 minutes.
confirm-cash-out = Cash out { $amount } to { $to }? Fee: { $fee }. In all: { $total }. You then have { $left } left. Press Yes within 5 minutes.
confirm-first = You have not paid { $to } before. Check the address.
confirm-word = Or reply with only YES or NO.
nothing-waits = There is nothing to confirm.
confirm-late = That question is too old. Nothing was sent. Ask again if you still want it.
confirm-other = That button belongs to another question. Nothing was sent.
confirm-early = You answered before you could see the question. Nothing was sent. Please look again:
confirm-changed = The fee has changed since I asked. Nothing was sent. Ask again if you still want it.
cancelled = Nothing was sent.
needs-pin = { $amount } and more takes your PIN. Open this page within 5 minutes and enter it there, never here:
pin-never-here = Never write your PIN or a one-time password here. Nobody of Kamai asks for it.
no-pin-yet = { $amount } and more takes a PIN, and you have not set one. Open this page to set it:

confirm-bill = Pay { $amount } to { $biller } for { $number }? Fee: { $fee }. You then have { $left } left. Press Yes within 5 minutes.
confirm-standing = { $amount } to { $to }, { $every }, first on { $day }, until you end it? Fee: { $fee } each time. I tell you the evening before. Press Yes within 5 minutes.

## What became of it
sent = { $amount } is sent to { $to }. You have { $left } left.
paying = { $amount } is on its way to { $to }. I tell you when it arrives.
paying-checked = { $amount } to { $to } waits until the address is checked. I tell you when it arrives.
not-enough = You can spend { $available }. That is { $short } too little.
over-limit-day = That is over your limit of today, by { $excess }. The limit is new again at midnight.
over-limit-payee = That is over today's limit for this receiver, by { $excess }.
over-limit-payees = You have paid as many different receivers today as is allowed.
paused = Your account is stopped. Lift the stop in the app first.
closed = Your account is closed.
to-self = You cannot send money to yourself.
too-small = The least amount is { $min }.
too-large = The most at once is { $max }.
no-recipient = Nobody with this number has a Kamai wallet. Give a UPI id instead.
payee-invalid = The bank says that this address is not valid. Nothing was sent.
payee-busy = Several payments wait until this address is checked. Please try again later.
not-a-receiver = That is not a phone number or UPI id I can pay.
no-own-account = I do not know an account of your own yet. Write your UPI id or add your bank account in the app.

## Bills
bill-found = { $biller } { $number }: { $amount }, due { $due }.
bill-none = { $biller } has no bill due for this number.
bill-ask-number = What is your { $what } at { $biller }?
bill-unknown = I do not know this biller.
bill-wrong-number = { $biller } does not know this number.
bill-down = { $biller } does not answer just now. Please try again later.
bill-amount-exact = { $biller } takes exactly { $amount } for this bill.
bill-amount-range = { $biller } takes from { $min } to { $max }.

## Standing payments
every-day = every day
every-week = every { $weekday }
every-month = on day { $on } of every month
monday = Monday
tuesday = Tuesday
wednesday = Wednesday
thursday = Thursday
friday = Friday
saturday = Saturday
sunday = Sunday
standing-set = Done: { $amount } to { $to }, { $every }, first on { $day }. Write "stop the payment to { $to }" to end it.
standing-line = { $amount } to { $to }, { $every }, next on { $day }
standing-none = You have no standing payments. Write, for example: "send 2000 to Ravi every month".
standing-ask-end = End the standing payment of { $amount } to { $to }?
standing-ended = Ended. Nothing more goes to { $to } by itself.
standing-too-many = You have as many standing payments as is allowed. End one first.

## Banks
banks = Which bank do you want to connect?
bank-link = Open this page, sign in at { $bank } and agree there. The link is yours alone and lasts 10 minutes:
bank-waits = { $bank } is preparing your data. I tell you when it is there.
bank-connected = { $bank } is connected.
bank-known = { $bank } is connected already.
bank-none = No bank is connected. Write "connect bank".
bank-line = { $bank } { $account }: { $amount }
bank-read = As of { $day }, { $time }.
bank-ask-unlink = Disconnect { $bank }? I then see nothing of it any more.
bank-unlinked = { $bank } is disconnected, and what I knew of it is erased.
bank-declined = You did not agree at { $bank }, so nothing was connected.
bank-expired = The link is too old, or was used. Ask again for a new one.
bank-again = { $bank } asks you to agree again before it shows anything. Write "connect bank".
bank-paused = You have paused { $bank } where you agreed to it. I see nothing new until you resume it there.
bank-withdrawn = You took your consent back at { $bank }. It is disconnected.
bank-gone = { $bank } cannot be connected any more: the provider has closed.
bank-down = { $bank } does not answer just now. I try again by myself.
bank-empty = { $bank } shows no account that could be connected.
platform-line = { $bank }: { $amount } earned in the last 7 days.
platform-fleet = At { $bank } you drive for a fleet, which is paid in your place. Tell me what you earn, such as: earned 850 today
bank-unknown = I do not know this bank. These can be connected:
bank-not-here = { $bank } cannot be connected in Kamai yet.

## Notes of earnings and expenses
logged-income = Noted: { $amount } earned, { $what }. Today: { $today }.
logged-expense = Noted: { $amount } spent, { $what }. Today: { $today }.
logged-several = Noted: { $list }.
today = Today: earned { $income }, spent { $expenses }, left { $left }.
today-none = Nothing is noted for today. Write, for example: "earned 850 Swiggy, petrol 200".
period = { $period }: earned { $income }, spent { $expenses }, left { $left }.
period-none = Nothing is noted for that time.
insight-line = { $what }: { $amount } ({ $percent } %)
budget-left = Of your budget of { $budget } for { $what }, { $left } is left this month.
budget-over = You are { $over } over your budget of { $budget } for { $what } this month.
budget-set = Your budget for { $what } is { $budget } a month.
everything = everything
unnamed = not named
fuel = Fuel
food = Food
vehicle = Vehicle
phone = Phone
rent = Rent
family = Family
health = Health
loan = Loan
shopping = Shopping
travel = Travel
education = Education
fees = Fees
fine = Fines
other = Other

## The summary of a day, and papers
summary-on = You get a summary of your day at { $hour }:00 from now on. Write "stop summary" to end it.
summary-off = No more daily summaries.
statement-waits = I am making your statement. It comes in a moment.
statement-ready = Your statement, { $from } to { $to }.

## Goals
goal-set = Goal: { $goal }, { $target }. Write "save 200 for { $goal }" whenever you put something aside.
goal-progress = { $goal }: { $saved } of { $target } ({ $percent } %).
goals-none = You have no savings goal yet. Write, for example: "save 5000 for a phone".

## Letters to a platform whose payment fell short
dispute-payment = Dear { $platform } team, for my work from { $from } to { $to } you stated a payment of { $stated }. Only { $came } has reached my account, so { $missing } is missing. Please pay { $missing } within 7 days, or explain to me in writing why you do not. Thank you.
dispute-week = Dear { $platform } team, my earnings with you from { $from } to { $to } come to { $stated }. For this time I have been paid only { $came }, so { $missing } is missing. Please pay { $missing } within 7 days, or explain to me in writing why you do not. Thank you.
dispute-unexplained = Dear { $platform } team, for my work from { $from } to { $to } I was to get { $stated }, and I was paid { $came }. Nobody has told me a reason for the difference of { $missing }. Please pay it within 7 days, or explain to me in writing what was deducted and why. Thank you.

## Language, memory, a person
language-is = From now on I answer in English.
human-comes = I have called a person. I am silent until they are done. Write what it is about.
human-done = The conversation with our colleague is over. I am here again.
memory-on = I keep your last 10 messages for one hour, to know what you speak of. Nothing else.
memory-off = I keep nothing of what you write, but for the question that is open.
memory-kept = Kept now: { $count }
button-memory-on = Remember
button-memory-off = Do not remember
forgotten = I have forgotten what we spoke of. Payments stay in your statement, as the law asks.

## Stopping everything
panicked = Stopped. No money leaves your account. To lift this, use the app: it takes a one-time password.
ask-panic = Shall I stop everything, so that no money can leave your account?

## Messages, or no messages
ask-stop = Shall I stop sending you messages by WhatsApp?
ask-stop-summary = Shall I stop the daily summary?
stopped = You get no more messages from us here, except answers to what you write.
started = You get our messages here again.

## Voice, photos, documents
heard = I heard: "{ $text }"
heard-nothing = I could not hear any words in that. Please say it again or write it.
voice-confirms-nothing = A voice note cannot confirm a payment. Press the button or write the word.
no-voice = I cannot listen to voice notes just now. Please write it.
read-code = The code says: { $name }, { $vpa }.
no-code = I found no UPI code in that photo. Take it straight on, with the whole code in it.

## The page for the PIN
page-title = Confirm with your PIN
page-pin = PIN (6 digits)
page-pay = Pay
page-send-code = Send me a code by SMS
page-code = Code from the SMS
page-new-pin = New PIN (6 digits)
page-set = Set the PIN
page-wrong = That PIN is wrong. Tries left: { $left }.
page-locked = Too many wrong PINs. Try again tomorrow.
page-bad-pin = Choose 6 digits that are not all alike and not in a row.
page-wrong-code = The code is wrong or too old.
page-done = Done. The answer is in your chat.
page-bank-done = { $bank } is being connected. Go back to your chat or app: you see it there in a moment.
page-bank-declined = You did not agree, so nothing was connected. You can close this page.
page-gone = This page is too old, or was used. Ask again in the chat.
page-forgot = No PIN yet, or forgotten? Set one:
