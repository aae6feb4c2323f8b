### What the assistant says. Values come formatted. A button's words (`button-`) have at most 20 characters, a row's (`row-`) at most 24.

## Who writes, and what for
stranger = এই নম্বরে এখনও কোনো Kamai অ্যাকাউন্ট নেই। অ্যাপে এই নম্বর দিয়ে একবার লগ ইন করুন, তারপর আবার লিখুন।
help = আমি আপনার টাকা দেখাই আর পাঠাই: ব্যালেন্স, টাকা পাঠানো, টাকা তোলা, আয় আর খরচ, সঞ্চয়। যেমন লিখুন: "ব্যালেন্স", "রবিকে 500 পাঠাও" বা "850 আয় Swiggy, পেট্রোল 200"।
not-understood = এটা বুঝতে পারিনি। নিচে থেকে একটা বেছে নিন বা অন্যভাবে লিখুন।
not-read = আমি লেখা, বাটন, ভয়েস নোট আর UPI কোডের ছবি বুঝতে পারি। দয়া করে লিখে পাঠান।
too-long = এটা একবারে পড়ার জন্য বেশি বড়। দয়া করে ছোট করে লিখুন।
not-available = Kamai-তে এটা এখনও করা যায় না।
try-again = এখন এটা হলো না; কিছুই করা হয়নি। দয়া করে কয়েক মিনিট পরে আবার চেষ্টা করুন।

## Buttons, and rows of the menu
button-yes = হ্যাঁ
button-no = না
button-choose = বেছে নিন
button-open = খুলুন
row-balance = ব্যালেন্স
row-send = টাকা পাঠান
row-cash-out = টাকা তুলুন
row-today = আজকের আয়
row-log = আয় লিখুন
row-spend = খরচ লিখুন
row-insights = টাকা কোথায় গেল
row-language = ভাষা
row-human = কারও সাথে কথা বলুন
row-panic = সব বন্ধ করুন

## Balance and movements
balance = আপনি { $available } খরচ করতে পারেন।
balance-held = আপনি { $available } খরচ করতে পারেন। আরও { $held } রাখা আছে যে পেমেন্টগুলো যাচ্ছে তার জন্য।
movements = আপনার শেষ লেনদেন:
movements-none = এখনও কোনো লেনদেন নেই।
movements-none-then = ওই সময়ে কোনো লেনদেন নেই।
movement-in = { $day }: { $amount } এসেছে, { $what }
movement-out = { $day }: { $amount } গেছে, { $what }
what-payment = পেমেন্ট পাওয়া
what-refund = রিফান্ড
what-transfer = ট্রান্সফার
what-payout = টাকা তোলা
what-other = অন্যান্য

## Asking for what is missing
ask-amount = কত টাকা?
ask-amount-log = কত টাকা ছিল?
ask-payee = কাকে? আগে যাঁকে টাকা পাঠিয়েছেন তাঁর নাম, ফোন নম্বর বা UPI আইডি লিখুন।
ask-target = কত টাকা জমাতে চান?
ask-goal = কীসের জন্য জমাচ্ছেন?
ask-language = কোন ভাষা?
no-payee = আপনি যাঁদের টাকা পাঠিয়েছেন, তাঁদের মধ্যে { $name } নামে কেউ নেই। তাঁর ফোন নম্বর বা UPI আইডি লিখুন।
which-payee = { $name } নামে কয়েকজন আছেন। কার কথা বলছেন?
dropped = ঠিক আছে, এটা বাদ দিলাম।

## Before money moves
confirm-transfer = { $to }-কে { $amount } পাঠাব? কোনো ফি নেই। এরপর আপনার কাছে { $left } থাকবে। 5 মিনিটের মধ্যে হ্যাঁ চাপুন।
confirm-payout = { $to }-কে { $amount } পাঠাব? ফি: { $fee }। মোট: { $total }। এরপর আপনার কাছে { $left } থাকবে। 5 মিনিটের মধ্যে হ্যাঁ চাপুন।
confirm-cash-out = { $amount } তুলে { $to }-তে পাঠাব? ফি: { $fee }। মোট: { $total }। এরপর আপনার কাছে { $left } থাকবে। 5 মিনিটের মধ্যে হ্যাঁ চাপুন।
confirm-first = আপনি { $to }-কে আগে কখনও টাকা পাঠাননি। আইডি বা অ্যাকাউন্ট দেখে নিন।
confirm-word = অথবা উত্তরে শুধু হ্যাঁ বা না লিখুন।
nothing-waits = এখন হ্যাঁ বা না বলার মতো কিছু নেই।
confirm-late = ওই প্রশ্নটা পুরোনো হয়ে গেছে। কিছু পাঠানো হয়নি। এখনও পাঠাতে চাইলে আবার বলুন।
confirm-other = ওই বাটনটা অন্য প্রশ্নের। কিছু পাঠানো হয়নি।
confirm-early = প্রশ্নটা দেখার আগেই আপনার উত্তর এসে গেছে। কিছু পাঠানো হয়নি। দয়া করে আবার দেখুন:
cancelled = কিছু পাঠানো হয়নি।
needs-pin = { $amount } বা তার বেশি হলে আপনার PIN লাগে। 5 মিনিটের মধ্যে এই পেজ খুলে সেখানেই PIN দিন, এখানে কখনও নয়:
pin-never-here = আপনার PIN বা OTP এখানে কখনও লিখবেন না। Kamai-র কেউ এটা চায় না।
no-pin-yet = { $amount } বা তার বেশি হলে PIN লাগে, আর আপনি এখনও PIN ঠিক করেননি। ঠিক করতে এই পেজ খুলুন:

## What became of it
sent = { $to }-কে { $amount } পাঠানো হয়েছে। আপনার কাছে { $left } আছে।
paying = { $to }-কে { $amount } পাঠানো হচ্ছে। পৌঁছালে আপনাকে জানাব।
paying-checked = { $to }-কে পাঠানো { $amount } আটকে আছে, আগে আইডি বা অ্যাকাউন্ট যাচাই হবে। পৌঁছালে আপনাকে জানাব।
not-enough = আপনি { $available } খরচ করতে পারেন। { $short } কম পড়ছে।
over-limit-day = এটা আপনার আজকের সীমার চেয়ে { $excess } বেশি। রাত 12টায় আবার নতুন সীমা শুরু হবে।
over-limit-payee = এটা এই প্রাপককে পাঠানোর আজকের সীমার চেয়ে { $excess } বেশি।
over-limit-payees = আজ যতজন আলাদা লোককে পাঠানো যায়, ততজনকে আপনি পাঠিয়ে ফেলেছেন।
paused = আপনার অ্যাকাউন্ট থামানো আছে। আগে অ্যাপে গিয়ে আবার চালু করুন।
closed = আপনার অ্যাকাউন্ট বন্ধ।
to-self = আপনি নিজেকে টাকা পাঠাতে পারবেন না।
too-small = কমপক্ষে { $min } হতে হবে।
too-large = একবারে সবচেয়ে বেশি { $max } হতে পারে।
no-recipient = এই নম্বরে কারও Kamai ওয়ালেট নেই। এর বদলে UPI আইডি দিন।
payee-invalid = ব্যাংক বলছে এই আইডি বা অ্যাকাউন্ট ঠিক নয়। কিছু পাঠানো হয়নি।
payee-busy = এই আইডি বা অ্যাকাউন্ট যাচাই না হওয়া পর্যন্ত কয়েকটা পেমেন্ট আটকে আছে। দয়া করে পরে আবার চেষ্টা করুন।
not-a-receiver = এটা এমন ফোন নম্বর বা UPI আইডি নয় যেখানে টাকা পাঠানো যায়।
no-own-account = আপনার নিজের কোনো অ্যাকাউন্ট এখনও যোগ করা নেই। আপনার UPI আইডি লিখুন বা অ্যাপে ব্যাংক অ্যাকাউন্ট যোগ করুন।

## Notes of earnings and expenses
logged-income = লিখে রাখলাম: { $amount } আয়, { $what }। আজ: { $today }।
logged-expense = লিখে রাখলাম: { $amount } খরচ, { $what }। আজ: { $today }।
logged-several = লিখে রাখলাম: { $list }।
today = আজ: আয় { $income }, খরচ { $expenses }, আছে { $left }।
today-none = আজকের কিছু লেখা নেই। যেমন লিখুন: "850 আয় Swiggy, পেট্রোল 200"।
period = { $period }: আয় { $income }, খরচ { $expenses }, আছে { $left }।
period-none = ওই সময়ের কিছু লেখা নেই।
insight-line = { $what }: { $amount } ({ $percent } %)
budget-left = { $what } বাবদ { $budget } বাজেটের { $left } এই মাসে বাকি আছে।
budget-over = এই মাসে { $what } বাবদ { $budget } বাজেটের চেয়ে { $over } বেশি খরচ হয়েছে।
budget-set = { $what } বাবদ আপনার বাজেট মাসে { $budget }।
everything = সব কিছু
unnamed = নাম নেই

## Goals
goal-set = লক্ষ্য: { $goal }, { $target }। কিছু জমালেই লিখুন "{ $goal } এর জন্য 200 জমালাম"।
goal-progress = { $goal }: { $target } এর মধ্যে { $saved } ({ $percent } %)।
goals-none = আপনার এখনও কোনো সঞ্চয়ের লক্ষ্য নেই। যেমন লিখুন: "ফোনের জন্য 5000 জমাব"।

## Language, memory, a person
language-is = এখন থেকে আমি বাংলায় উত্তর দেব।
human-comes = আমাদের একজন সহকর্মীকে ডেকেছি। তাঁর কথা শেষ না হওয়া পর্যন্ত আমি চুপ থাকব। কী ব্যাপার, লিখুন।
human-done = আমাদের সহকর্মীর সাথে কথা শেষ হয়েছে। আমি আবার এখানে আছি।
memory-on = আপনার কথা বুঝতে আপনার শেষ 10টা মেসেজ আমি এক ঘণ্টা মনে রাখি। আর কিছু নয়।
memory-off = আপনি যা লেখেন তার কিছুই আমি রাখি না, শুধু যে প্রশ্নটা এখন চলছে সেটা ছাড়া।
memory-kept = এখন মনে আছে: { $count }
button-memory-on = মনে রাখুন
button-memory-off = মনে রাখবেন না
forgotten = আমাদের আগের কথা ভুলে গেছি। আইন অনুযায়ী পেমেন্টগুলো আপনার স্টেটমেন্টে থাকবে।

## Stopping everything
panicked = বন্ধ করা হয়েছে। আপনার অ্যাকাউন্ট থেকে কোনো টাকা যাবে না। আবার চালু করতে অ্যাপে যান: সেখানে OTP লাগবে।
ask-panic = সব বন্ধ করে দেব, যাতে আপনার অ্যাকাউন্ট থেকে কোনো টাকা না যায়?

## Messages, or no messages
ask-stop = WhatsApp-এ আপনাকে মেসেজ পাঠানো বন্ধ করব?
stopped = এখানে আর আমাদের মেসেজ পাবেন না, শুধু আপনি লিখলে তার উত্তর পাবেন।
started = এখানে আবার আমাদের মেসেজ পাবেন।

## Voice, photos, documents
heard = আমি শুনলাম: "{ $text }"
heard-nothing = এতে কোনো কথা শুনতে পাইনি। দয়া করে আবার বলুন বা লিখুন।
voice-confirms-nothing = ভয়েস নোট দিয়ে পেমেন্ট নিশ্চিত করা যায় না। বাটন চাপুন বা শব্দটা লিখুন।
no-voice = এখন ভয়েস নোট শুনতে পারছি না। দয়া করে লিখে পাঠান।
read-code = কোডে আছে: { $name }, { $vpa }।
no-code = ওই ছবিতে কোনো UPI কোড পাইনি। সোজা সামনে থেকে ছবি তুলুন, পুরো কোড যেন দেখা যায়।

## The page for the PIN
page-title = আপনার PIN দিয়ে নিশ্চিত করুন
page-pin = PIN (6 সংখ্যা)
page-pay = টাকা দিন
page-send-code = SMS-এ কোড পাঠান
page-code = SMS-এ আসা কোড
page-new-pin = নতুন PIN (6 সংখ্যা)
page-set = PIN ঠিক করুন
page-wrong = এই PIN ভুল। বাকি সুযোগ: { $left }।
page-locked = অনেকবার ভুল PIN দেওয়া হয়েছে। কাল আবার চেষ্টা করুন।
page-bad-pin = এমন 6টি সংখ্যা বাছুন যা সব এক নয়, পরপরও নয়।
page-wrong-code = কোডটি ভুল বা পুরনো।
page-done = হয়ে গেছে। উত্তর আপনার চ্যাটে আছে।
page-gone = এই পাতা পুরনো হয়ে গেছে বা ব্যবহার করা হয়েছে। চ্যাটে আবার জিজ্ঞাসা করুন।
page-forgot = PIN নেই বা ভুলে গেছেন? নতুন ঠিক করুন:
