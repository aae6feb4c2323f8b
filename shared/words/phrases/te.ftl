### What the assistant says. Values come formatted. A button's words (`button-`) have at most 20 characters, a row's (`row-`) at most 24.

## Who writes, and what for
stranger = ఈ నంబర్‌కి ఇంకా Kamai ఖాతా లేదు. ఈ నంబర్‌తో యాప్‌లో ఒకసారి లాగిన్ అవ్వండి, తర్వాత మళ్లీ రాయండి.
help = మీ డబ్బు చూపిస్తాను, పంపిస్తాను: బ్యాలెన్స్, డబ్బు పంపడం, డబ్బు తీసుకోవడం, సంపాదన, ఖర్చులు, లక్ష్యాలు. ఉదాహరణకు ఇలా రాయండి: "బ్యాలెన్స్", "రవికి 500 పంపు" లేదా "Swiggy లో 850 సంపాదించా, పెట్రోల్ 200".
not-understood = అది నాకు అర్థం కాలేదు. ఒకటి ఎంచుకోండి, లేదా వేరే మాటల్లో చెప్పండి.
off-topic = మీ డబ్బు, మీ పని విషయంలోనే నేను సాయం చేయగలను.
not-read = రాసినవి, బటన్లు, వాయిస్ నోట్లు, UPI కోడ్ ఫోటోలు నేను చదవగలను. దయచేసి రాయండి.
too-long = ఒకేసారి చదవడానికి ఇది చాలా పెద్దది. దయచేసి చిన్నగా రాయండి.
not-available = ఇది Kamai లో ఇంకా కుదరదు.
try-again = ఇప్పుడు కుదరలేదు; ఏమీ జరగలేదు. దయచేసి కొన్ని నిమిషాల తర్వాత మళ్లీ ప్రయత్నించండి.

## Buttons, and rows of the menu
button-yes = అవును
button-no = వద్దు
button-choose = ఎంచుకోండి
button-panic = అన్నీ ఆపండి
button-open = తెరవండి
row-balance = బ్యాలెన్స్
row-send = డబ్బు పంపండి
row-cash-out = డబ్బు తీసుకోండి
row-today = ఈరోజు సంపాదన
row-log = సంపాదన రాయండి
row-spend = ఖర్చు రాయండి
row-insights = డబ్బు ఎక్కడికి పోయింది
row-language = భాష
row-human = మనిషితో మాట్లాడండి
row-panic = అన్నీ ఆపండి

## Balance and movements
balance = మీరు { $available } ఖర్చు చేయవచ్చు.
balance-held = మీరు { $available } ఖర్చు చేయవచ్చు. దారిలో ఉన్న చెల్లింపుల కోసం ఇంకో { $held } పక్కన పెట్టి ఉన్నాయి.
movements = మీ చివరి లావాదేవీలు:
movements-none = ఇంకా లావాదేవీలు ఏవీ లేవు.
movements-none-then = ఆ సమయంలో లావాదేవీలు ఏవీ లేవు.
movement-in = { $day }: { $amount } వచ్చాయి, { $what }
movement-out = { $day }: { $amount } వెళ్లాయి, { $what }
movement-other = { $day }: { $what }
what-payment = అందిన చెల్లింపు
what-refund = రీఫండ్
what-transfer = బదిలీ
what-payout = తీసుకున్న డబ్బు
what-other = ఇతరం

## Asking for what is missing
ask-amount = ఎంత?
ask-amount-log = ఎంత అయింది?
ask-payee = ఎవరికి? ఇంతకు ముందు డబ్బు పంపినవారి పేరు, ఫోన్ నంబర్ లేదా UPI ఐడీ రాయండి.
ask-biller = ఏ బిల్లు?
ask-bank = ఏ బ్యాంక్?
ask-target = ఎంత దాచాలి?
ask-goal = దేని కోసం దాస్తున్నారు?
ask-language = ఏ భాష?
ask-city = ఏ ఊరిలో?
no-payee = మీరు డబ్బు పంపినవారిలో { $name } అనే పేరుతో ఎవరూ లేరు. వారి ఫోన్ నంబర్ లేదా UPI ఐడీ రాయండి.
which-payee = { $name } పేరుతో చాలామంది ఉన్నారు. ఎవరికి?
bad-amount = ఆ మొత్తం సరిగా లేదు.
dropped = సరే, దాన్ని వదిలేశాను.
corrected = మార్చాను.

## Before money moves
confirm-transfer = { $to } కి { $amount } పంపాలా? ఫీజు లేదు. తర్వాత మీ దగ్గర { $left } ఉంటాయి. 5 నిమిషాల్లో అవును నొక్కండి.
confirm-payout = { $to } కి { $amount } చెల్లించాలా? ఫీజు: { $fee }. మొత్తం: { $total }. తర్వాత మీ దగ్గర { $left } ఉంటాయి. 5 నిమిషాల్లో అవును నొక్కండి.
confirm-cash-out = { $amount } తీసి { $to } కి పంపాలా? ఫీజు: { $fee }. మొత్తం: { $total }. తర్వాత మీ దగ్గర { $left } ఉంటాయి. 5 నిమిషాల్లో అవును నొక్కండి.
confirm-first = మీరు ఇంతకు ముందు { $to } కి డబ్బు పంపలేదు. అడ్రస్ సరిగా ఉందో చూడండి.
confirm-word = లేదా అవును / వద్దు అని మాత్రమే జవాబు రాయండి.
nothing-waits = ఖాయం చేయడానికి ఏమీ లేదు.
confirm-late = ఆ ప్రశ్న పాతదైపోయింది. ఏమీ పంపలేదు. ఇంకా కావాలంటే మళ్లీ అడగండి.
confirm-other = ఆ బటన్ వేరే ప్రశ్నది. ఏమీ పంపలేదు.
confirm-changed = నేను అడిగిన తర్వాత ఏదో మారింది. ఏమీ పంపలేదు. దయచేసి మళ్లీ చూడండి:
confirm-early = ప్రశ్న కనిపించక ముందే మీరు జవాబిచ్చారు. ఏమీ పంపలేదు. దయచేసి మళ్లీ చూడండి:
cancelled = ఏమీ పంపలేదు.
needs-pin = { $amount } లేదా అంతకన్నా ఎక్కువకు మీ PIN కావాలి. 5 నిమిషాల్లో ఈ పేజీ తెరిచి అక్కడ ఎంటర్ చేయండి, ఇక్కడ ఎప్పుడూ వద్దు:
pin-never-here = మీ PIN లేదా OTP ఇక్కడ ఎప్పుడూ రాయకండి. Kamai వాళ్లెవరూ దాన్ని అడగరు.
no-pin-yet = { $amount } లేదా అంతకన్నా ఎక్కువకు PIN కావాలి, మీరు ఇంకా PIN పెట్టుకోలేదు. పెట్టుకోవడానికి ఈ పేజీ తెరవండి:

## What became of it
sent = { $to } కి { $amount } పంపాను. మీ దగ్గర { $left } ఉన్నాయి.
paying = { $to } కి { $amount } వెళ్తున్నాయి. చేరగానే చెప్తాను.
paying-checked = { $to } కి పంపే { $amount }, అడ్రస్ సరిచూసే వరకు ఆగుతాయి. చేరగానే చెప్తాను.
not-enough = మీరు { $available } ఖర్చు చేయవచ్చు. { $short } తక్కువ ఉన్నాయి.
over-limit-day = ఇది మీ ఈరోజు పరిమితి కన్నా { $excess } ఎక్కువ. అర్ధరాత్రి పరిమితి కొత్తగా మొదలవుతుంది.
over-limit-payee = ఇది వీరికి పంపే ఈరోజు పరిమితి కన్నా { $excess } ఎక్కువ.
over-limit-payees = ఒక్క రోజులో ఎంతమందికి పంపవచ్చో అంతమందికి ఈరోజు పంపేశారు.
paused = మీ ఖాతా ఆపి ఉంది. ముందు యాప్‌లో దాన్ని మళ్లీ మొదలుపెట్టండి.
closed = మీ ఖాతా మూసేసి ఉంది.
to-self = మీకు మీరే డబ్బు పంపుకోలేరు.
too-small = కనీస మొత్తం { $min }.
too-large = ఒక్కసారికి గరిష్ఠం { $max }.
no-recipient = ఈ నంబర్‌తో ఎవరికీ Kamai వాలెట్ లేదు. బదులుగా UPI ఐడీ ఇవ్వండి.
payee-invalid = ఈ అడ్రస్ సరైనది కాదని బ్యాంక్ చెబుతోంది. ఏమీ పంపలేదు.
payee-busy = ఈ అడ్రస్ సరిచూసే వరకు చాలా చెల్లింపులు ఆగి ఉన్నాయి. దయచేసి తర్వాత ప్రయత్నించండి.
not-a-receiver = అది నేను డబ్బు పంపగలిగే ఫోన్ నంబర్ లేదా UPI ఐడీ కాదు.
no-own-account = మీ సొంత ఖాతా నాకు ఇంకా తెలియదు. మీ UPI ఐడీ రాయండి లేదా యాప్‌లో మీ బ్యాంక్ ఖాతా చేర్చండి.

## Notes of earnings and expenses
logged-income = రాసుకున్నాను: { $amount } సంపాదన, { $what }. ఈరోజు: { $today }.
logged-expense = రాసుకున్నాను: { $amount } ఖర్చు, { $what }. ఈరోజు: { $today }.
logged-several = రాసుకున్నాను: { $list }.
log-undone = రాసింది తీసేశాను.
today = ఈరోజు: సంపాదన { $income }, ఖర్చు { $expenses }, మిగిలింది { $left }.
today-none = ఈరోజు ఏమీ రాయలేదు. ఉదాహరణకు ఇలా రాయండి: "Swiggy లో 850 సంపాదించా, పెట్రోల్ 200".
today-wallet = ఈరోజు మీ వాలెట్‌లోకి వచ్చింది: { $amount }.
period = { $period }: సంపాదన { $income }, ఖర్చు { $expenses }, మిగిలింది { $left }.
period-none = ఆ సమయానికి ఏమీ రాయలేదు.
insight-line = { $what }: { $amount } ({ $percent } %)
budget-left = { $what }: మీ { $budget } బడ్జెట్‌లో ఈ నెల { $left } మిగిలాయి.
budget-over = { $what }: ఈ నెల మీ { $budget } బడ్జెట్ కన్నా { $over } ఎక్కువ ఖర్చయింది.
budget-set = { $what }: మీ బడ్జెట్ నెలకు { $budget }.
everything = అన్నీ కలిపి
unnamed = పేరు లేదు

## Goals
goal-set = లక్ష్యం: { $goal }, { $target }. డబ్బు పక్కన పెట్టినప్పుడల్లా "{ $goal } కోసం 200 దాచాను" అని రాయండి.
goal-progress = { $goal }: { $target } లో { $saved } అయ్యాయి ({ $percent } %).
goals-none = మీకు ఇంకా పొదుపు లక్ష్యం లేదు. ఉదాహరణకు ఇలా రాయండి: "ఫోన్ కోసం 5000 దాచాలి".

## The day's summary
day-title = మీ రోజు, { $day }
day-income = సంపాదన: { $amount }
day-expenses = ఖర్చు: { $amount }
day-status-good = స్థితి: ఈరోజుది { $left } మిగిలింది
day-status-bad = స్థితి: సంపాదన కన్నా { $over } ఎక్కువ ఖర్చు
tip-no-log = సలహా: ఖర్చయిన వెంటనే రాయండి; ఒక్క లైన్ చాలు.
tip-fuel = సలహా: ఈరోజు సంపాదనలో { $percent } % పెట్రోల్ డీజిల్‌కే పోయింది.
tip-save = సలహా: ఈరోజు { $goal } కోసం { $amount } పక్కన పెట్టండి.
tip-good = సలహా: ఈరోజు మంచి రోజు. అవసరమైనప్పుడు డబ్బు తీసుకోండి; ఆగితే ఏ ఖర్చూ లేదు.
summary-on = ఇకపై రోజూ సాయంత్రం ఆ రోజు లెక్క పంపుతాను. ఆపడానికి "రోజు లెక్క ఆపు" అని రాయండి.
summary-off = ఇకపై రోజు లెక్క రాదు.

## Language, memory, a person
language-is = ఇకపై నేను తెలుగులో జవాబిస్తాను.
human-comes = మా సిబ్బందిని పిలిచాను. వారు ముగించే వరకు నేను మాట్లాడను. విషయం ఏమిటో రాయండి.
human-done = మా సిబ్బందితో మాటలు ముగిశాయి. నేను మళ్లీ వచ్చాను.
memory-on = మీరు దేని గురించి మాట్లాడుతున్నారో తెలియడానికి మీ చివరి 10 మెసేజ్‌లను ఒక గంట ఉంచుకుంటాను. వేరే ఏమీ లేదు.
memory-off = ఇప్పుడు అడిగి ఉన్న ప్రశ్న తప్ప, మీరు రాసేది ఏదీ నేను ఉంచుకోను.
memory-kept = ఇప్పుడు ఉంచుకున్నవి: { $count }
button-memory-on = గుర్తుంచుకోండి
button-memory-off = గుర్తుంచుకోవద్దు
forgotten = మనం మాట్లాడుకున్నది మర్చిపోయాను. చట్టం ప్రకారం చెల్లింపులు మీ స్టేట్‌మెంట్‌లో ఉంటాయి.

## Stopping everything
panicked = ఆపేశాను. మీ ఖాతా నుంచి డబ్బు బయటికి వెళ్లదు. మళ్లీ మొదలుపెట్టడానికి యాప్ వాడండి: దానికి OTP కావాలి.
ask-panic = మీ ఖాతా నుంచి డబ్బు బయటికి వెళ్లకుండా అన్నీ ఆపేయాలా?
lift-panic = ఆపినదాన్ని మళ్లీ మొదలుపెట్టడానికి యాప్‌లో OTP కావాలి. ఇక్కడ కుదరదు.

## Messages, or no messages
ask-stop = WhatsApp లో మీకు మెసేజ్‌లు పంపడం ఆపేయాలా?
stopped = మీరు రాసినదానికి జవాబులు తప్ప, ఇక్కడ మా నుంచి వేరే మెసేజ్‌లు రావు.
started = మా మెసేజ్‌లు ఇక్కడ మీకు మళ్లీ వస్తాయి.

## Voice, photos, documents
heard = నేను విన్నది: "{ $text }"
heard-nothing = అందులో మాటలేవీ వినిపించలేదు. దయచేసి మళ్లీ చెప్పండి లేదా రాయండి.
voice-confirms-nothing = వాయిస్ నోట్‌తో చెల్లింపును ఖాయం చేయలేం. బటన్ నొక్కండి లేదా మాట రాయండి.
no-voice = ఇప్పుడు వాయిస్ నోట్లు వినలేకపోతున్నాను. దయచేసి రాయండి.
read-code = కోడ్‌లో ఉన్నది: { $name }, { $vpa }.
no-code = ఆ ఫోటోలో UPI కోడ్ కనిపించలేదు. కోడ్ మొత్తం కనిపించేలా నేరుగా ఫోటో తీయండి.
statement-ready = మీ స్టేట్‌మెంట్, { $from } నుంచి { $to } వరకు.

## Banks
banks = ఏ బ్యాంక్ కలపాలి?
bank-link = { $bank } పేజీ తెరిచి అక్కడ ఒప్పుకోండి. ఈ లింక్ మీకు మాత్రమే, 10 నిమిషాలు ఉంటుంది.
bank-waits = { $bank } మీ వివరాలు సిద్ధం చేస్తోంది. రాగానే చెప్తాను.
bank-connected = { $bank } కలిసింది. అక్కడి బ్యాలెన్స్: { $amount }.
bank-none = ఏ బ్యాంకూ కలపలేదు.
bank-line = { $bank } { $account }: { $amount }
bank-unlinked = { $bank } లింక్ తీసేశాను, దాని కీ కూడా చెరిపేశాను.
bank-ask-unlink = { $bank } లింక్ తీసేయాలా?
bank-declined = { $bank } లో మీరు ఒప్పుకోలేదు, కాబట్టి ఏమీ కలపలేదు.
bank-expired = ఆ లింక్ పాతదైపోయింది. కొత్తదాని కోసం మళ్లీ అడగండి.
bank-again = ఏదైనా చూపించే ముందు { $bank } మళ్లీ మీ ఒప్పుకోలు అడుగుతోంది.
bank-gone = { $bank } ఇక కలపలేం: సేవ ఇచ్చేవారు మూసేశారు.
bank-down = { $bank } ఇప్పుడు జవాబివ్వడం లేదు. దయచేసి తర్వాత ప్రయత్నించండి.

## Bills
bill-found = { $biller } { $number }: { $amount }, కట్టాల్సిన తేదీ { $due }.
bill-none = { $biller } లో ఈ నంబర్‌కి కట్టాల్సిన బిల్లు లేదు.
bill-ask-number = { $biller } లో మీ నంబర్ ఏంటి?
bill-unknown = ఈ బిల్లు సంస్థ నాకు తెలియదు.
confirm-bill = { $biller } కి { $number } బిల్లు { $amount } కట్టాలా? ఫీజు: { $fee }. తర్వాత మీ దగ్గర { $left } ఉంటాయి. 5 నిమిషాల్లో అవును నొక్కండి.
bill-paid = { $biller } బిల్లు కట్టాను: { $amount }. రిఫరెన్స్: { $reference }.

## The page for the PIN
page-title = మీ PIN తో నిర్ధారించండి
page-pin = PIN (6 అంకెలు)
page-pay = చెల్లించండి
page-send-code = SMS ద్వారా కోడ్ పంపండి
page-code = SMS లో వచ్చిన కోడ్
page-new-pin = కొత్త PIN (6 అంకెలు)
page-set = PIN సెట్ చేయండి
page-wrong = ఈ PIN తప్పు. మిగిలిన ప్రయత్నాలు: { $left }.
page-locked = చాలాసార్లు తప్పు PIN. రేపు మళ్ళీ ప్రయత్నించండి.
page-bad-pin = అన్నీ ఒకటే కాని, వరుసగా లేని 6 అంకెలు ఎంచుకోండి.
page-wrong-code = కోడ్ తప్పు లేదా పాతది.
page-done = అయింది. సమాధానం మీ చాట్‌లో ఉంది.
page-gone = ఈ పేజీ పాతది లేదా వాడేశారు. చాట్‌లో మళ్ళీ అడగండి.
page-forgot = PIN లేదా, మర్చిపోయారా? కొత్తది సెట్ చేయండి:
