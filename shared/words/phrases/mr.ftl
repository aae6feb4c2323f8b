### What the assistant says. Values come formatted. A button's words (`button-`) have at most 20 characters, a row's (`row-`) at most 24.

## Who writes, and what for
stranger = या नंबरचे अजून Kamai खाते नाही. ॲपमध्ये याच नंबरने एकदा लॉग इन करा, मग पुन्हा लिहा.
help = इथे तुम्ही तुमचे पैसे बघू आणि पाठवू शकता: बॅलन्स, पैसे पाठवणे, पैसे काढणे, कमाई आणि खर्च, बचत. उदाहरणार्थ लिहा: "बॅलन्स", "रविला 500 पाठव" किंवा "850 कमावले Swiggy, पेट्रोल 200".
not-understood = मला हे समजले नाही. खालून एक निवडा किंवा दुसऱ्या शब्दांत लिहा.
off-topic = इथे फक्त तुमच्या पैशांची आणि कामाची मदत मिळते.
not-read = इथे मजकूर, बटणे, व्हॉइस नोट आणि UPI कोडचे फोटो चालतात. कृपया लिहून पाठवा.
too-long = हे एका वेळी वाचायला खूप मोठे आहे. कृपया थोडक्यात लिहा.
not-available = Kamai मध्ये हे अजून होत नाही.
try-again = हे आत्ता झाले नाही; काहीही बदललेले नाही. कृपया काही मिनिटांनी पुन्हा प्रयत्न करा.

## Buttons, and rows of the menu
button-yes = होय
button-no = नाही
button-choose = निवडा
button-panic = सगळे थांबवा
button-open = उघडा
row-balance = बॅलन्स
row-send = पैसे पाठवा
row-cash-out = पैसे काढा
row-today = आजची कमाई
row-log = कमाई लिहा
row-spend = खर्च लिहा
row-insights = पैसे कुठे गेले
row-language = भाषा
row-human = माणसाशी बोला
row-panic = सगळे थांबवा

## Balance and movements
balance = तुम्ही { $available } खर्च करू शकता.
balance-held = तुम्ही { $available } खर्च करू शकता. आणखी { $held } पाठवले जात असलेल्या पेमेंटसाठी बाजूला ठेवले आहेत.
movements = तुमचे मागचे व्यवहार:
movements-none = अजून कोणताही व्यवहार नाही.
movements-none-then = त्या काळात कोणताही व्यवहार नाही.
movement-in = { $day }: { $amount } आले, { $what }
movement-out = { $day }: { $amount } गेले, { $what }
movement-other = { $day }: { $what }
what-payment = पेमेंट मिळाले
what-refund = रिफंड
what-transfer = ट्रान्सफर
what-payout = पैसे काढणे
what-other = इतर

## Asking for what is missing
ask-amount = किती रुपये?
ask-amount-log = किती रुपये होते?
ask-payee = कोणाला? आधी ज्यांना पैसे पाठवले त्यांचे नाव, फोन नंबर किंवा UPI आयडी लिहा.
ask-biller = कोणते बिल?
ask-bank = कोणती बँक?
ask-target = किती पैसे वाचवायचे आहेत?
ask-goal = कशासाठी बचत करत आहात?
ask-language = कोणती भाषा?
ask-city = कोणत्या शहरात?
no-payee = तुम्ही ज्यांना पैसे पाठवले त्यांच्यात { $name } नावाचे कोणी नाही. त्यांचा फोन नंबर किंवा UPI आयडी लिहा.
which-payee = { $name } नावाचे बरेच जण आहेत. कोणाला पाठवायचे?
bad-amount = ही रक्कम बरोबर नाही.
dropped = ठीक आहे, हे सोडून दिले.
corrected = बदलले.

## Before money moves
confirm-transfer = { $to } यांना { $amount } पाठवायचे? फी नाही. यानंतर तुमच्याकडे { $left } उरतील. 5 मिनिटांत होय दाबा.
confirm-payout = { $to } यांना { $amount } पाठवायचे? फी: { $fee }. एकूण: { $total }. यानंतर तुमच्याकडे { $left } उरतील. 5 मिनिटांत होय दाबा.
confirm-cash-out = { $amount } काढून { $to } मध्ये पाठवायचे? फी: { $fee }. एकूण: { $total }. यानंतर तुमच्याकडे { $left } उरतील. 5 मिनिटांत होय दाबा.
confirm-first = तुम्ही { $to } यांना आधी कधी पैसे पाठवले नाहीत. आयडी किंवा खाते नीट तपासा.
confirm-word = किंवा उत्तरात फक्त होय किंवा नाही लिहा.
nothing-waits = आत्ता होकार देण्यासारखे काही नाही.
confirm-late = तो प्रश्न जुना झाला आहे. काहीही पाठवले नाही. अजूनही पाठवायचे असेल तर पुन्हा सांगा.
confirm-other = ते बटण दुसऱ्या प्रश्नाचे आहे. काहीही पाठवले नाही.
confirm-changed = विचारल्यानंतर काहीतरी बदलले आहे. काहीही पाठवले नाही. कृपया पुन्हा बघा:
confirm-early = प्रश्न दिसण्याआधीच तुमचे उत्तर आले. काहीही पाठवले नाही. कृपया पुन्हा बघा:
cancelled = काहीही पाठवले नाही.
needs-pin = { $amount } किंवा त्याहून जास्त रकमेला तुमचा PIN लागतो. 5 मिनिटांत हे पेज उघडा आणि PIN तिथेच टाका, इथे कधीच नाही:
pin-never-here = तुमचा PIN किंवा OTP इथे कधीही लिहू नका. Kamai चे कोणीही तो मागत नाही.
no-pin-yet = { $amount } किंवा त्याहून जास्त रकमेला PIN लागतो, आणि तुम्ही अजून PIN ठेवलेला नाही. तो ठेवण्यासाठी हे पेज उघडा:

## What became of it
sent = { $to } यांना { $amount } पाठवले. तुमच्याकडे { $left } उरले आहेत.
paying = { $to } यांना { $amount } पाठवले जात आहेत. पोहोचले की तुम्हाला सांगेन.
paying-checked = { $to } यांचे { $amount } थांबले आहेत, आधी आयडी किंवा खात्याची तपासणी होईल. पोहोचले की तुम्हाला सांगेन.
not-enough = तुम्ही { $available } खर्च करू शकता. { $short } कमी पडतात.
over-limit-day = हे तुमच्या आजच्या मर्यादेपेक्षा { $excess } जास्त आहे. रात्री 12 वाजता नवीन मर्यादा सुरू होते.
over-limit-payee = हे या व्यक्तीला पाठवण्याच्या आजच्या मर्यादेपेक्षा { $excess } जास्त आहे.
over-limit-payees = आज जितक्या वेगवेगळ्या लोकांना पाठवता येते, तितक्यांना तुम्ही पाठवले आहे.
paused = तुमचे खाते थांबवलेले आहे. आधी ॲपमध्ये ते पुन्हा सुरू करा.
closed = तुमचे खाते बंद आहे.
to-self = तुम्ही स्वतःलाच पैसे पाठवू शकत नाही.
too-small = कमीत कमी { $min } पाठवता येतात.
too-large = एका वेळी जास्तीत जास्त { $max } पाठवता येतात.
no-recipient = या नंबरवर कोणाचेही Kamai वॉलेट नाही. त्याऐवजी UPI आयडी द्या.
payee-invalid = बँकेच्या मते हा आयडी किंवा खाते बरोबर नाही. काहीही पाठवले नाही.
payee-busy = या आयडी किंवा खात्याची तपासणी होईपर्यंत बरीच पेमेंट थांबली आहेत. कृपया नंतर पुन्हा प्रयत्न करा.
not-a-receiver = या फोन नंबरवर किंवा UPI आयडीवर मला पैसे पाठवता येत नाहीत.
no-own-account = तुमचे स्वतःचे खाते अजून जोडलेले नाही. तुमचा UPI आयडी लिहा किंवा ॲपमध्ये बँक खाते जोडा.

## Notes of earnings and expenses
logged-income = लिहिले: { $amount } कमावले, { $what }. आज: { $today }.
logged-expense = लिहिले: { $amount } खर्च, { $what }. आज: { $today }.
logged-several = लिहिले: { $list }.
log-undone = काढून टाकले.
today = आज: कमाई { $income }, खर्च { $expenses }, उरले { $left }.
today-none = आजचे काही लिहिलेले नाही. उदाहरणार्थ लिहा: "850 कमावले Swiggy, पेट्रोल 200".
today-wallet = आज तुमच्या वॉलेटमध्ये आले: { $amount }.
period = { $period }: कमाई { $income }, खर्च { $expenses }, उरले { $left }.
period-none = त्या काळाचे काही लिहिलेले नाही.
insight-line = { $what }: { $amount } ({ $percent } %)
budget-left = { $what } साठीच्या { $budget } च्या बजेटमधून या महिन्यात { $left } उरले आहेत.
budget-over = या महिन्यात { $what } साठीच्या { $budget } च्या बजेटपेक्षा { $over } जास्त खर्च झाले आहेत.
budget-set = { $what } साठी तुमचे बजेट महिन्याला { $budget } आहे.
everything = सगळे
unnamed = नाव नाही

## Goals
goal-set = बचतीचे ध्येय: { $goal }, { $target }. काही बाजूला ठेवले की लिहा "{ $goal } साठी 200 वाचवले".
goal-progress = { $goal }: { $target } पैकी { $saved } ({ $percent } %).
goals-none = तुमचे अजून बचतीचे ध्येय नाही. उदाहरणार्थ लिहा: "फोनसाठी 5000 वाचवायचे आहेत".

## The day's summary
day-title = तुमचा दिवस, { $day }
day-income = कमाई: { $amount }
day-expenses = खर्च: { $amount }
day-status-good = हिशोब: आजचे { $left } उरले
day-status-bad = हिशोब: कमाईपेक्षा { $over } जास्त खर्च झाले
tip-no-log = सल्ला: खर्च झाला की लगेच लिहा; एक ओळ पुरे.
tip-fuel = सल्ला: आजच्या कमाईतले { $percent } % इंधनात गेले.
tip-save = सल्ला: आज { $goal } साठी { $amount } बाजूला ठेवा.
tip-good = सल्ला: आजचा दिवस चांगला गेला. गरज पडेल तेव्हा पैसे काढा; थांबण्याचा काही खर्च नाही.
summary-on = आतापासून रोज संध्याकाळी तुम्हाला दिवसाचा हिशोब मिळेल. बंद करण्यासाठी लिहा "रोजचा हिशोब बंद कर".
summary-off = आता रोजचा हिशोब येणार नाही.

## Language, memory, a person
language-is = आतापासून मी मराठीत उत्तर देईन.
human-comes = मी आमच्या एका सहकाऱ्यांना बोलावले आहे. त्यांचे काम होईपर्यंत मी काही बोलणार नाही. काय झाले ते लिहा.
human-done = आमच्या सहकाऱ्यांशी बोलणे संपले. मी पुन्हा इथे आहे.
memory-on = तुमचे बोलणे समजावे म्हणून तुमचे मागचे 10 मेसेज एक तास लक्षात ठेवले जातात. बाकी काही नाही.
memory-off = तुम्ही लिहिलेले काहीही लक्षात ठेवले जात नाही, फक्त आत्ता चालू असलेला प्रश्न सोडून.
memory-kept = आत्ता लक्षात आहे: { $count }
button-memory-on = लक्षात ठेवा
button-memory-off = लक्षात ठेवू नका
forgotten = आपले आधीचे बोलणे पुसून टाकले आहे. कायद्यानुसार पेमेंट तुमच्या स्टेटमेंटमध्ये राहतील.

## Stopping everything
panicked = थांबवले. तुमच्या खात्यातून पैसे जाणार नाहीत. पुन्हा सुरू करण्यासाठी ॲप वापरा: तिथे OTP लागेल.
ask-panic = सगळे थांबवायचे का, म्हणजे तुमच्या खात्यातून पैसे जाणार नाहीत?
lift-panic = पुन्हा सुरू करण्यासाठी ॲपमध्ये OTP लागतो. ते इथे होत नाही.

## Messages, or no messages
ask-stop = WhatsApp वर तुम्हाला मेसेज पाठवणे बंद करायचे का?
stopped = आता इथे आमचे मेसेज येणार नाहीत, फक्त तुम्ही लिहिलेल्याची उत्तरे येतील.
started = आता इथे आमचे मेसेज पुन्हा येतील.

## Voice, photos, documents
heard = मला ऐकू आले: "{ $text }"
heard-nothing = त्यात मला कोणतेच शब्द ऐकू आले नाहीत. कृपया पुन्हा बोला किंवा लिहा.
voice-confirms-nothing = व्हॉइस नोटने पेमेंट पक्के होत नाही. बटण दाबा किंवा शब्द लिहा.
no-voice = आत्ता व्हॉइस नोट ऐकता येत नाहीत. कृपया लिहून पाठवा.
read-code = कोडमध्ये आहे: { $name }, { $vpa }.
no-code = त्या फोटोत UPI कोड सापडला नाही. समोरून फोटो काढा, पूर्ण कोड दिसला पाहिजे.
statement-ready = तुमचे स्टेटमेंट, { $from } ते { $to }.

## Banks
banks = कोणती बँक जोडायची आहे?
bank-link = { $bank } चे पेज उघडा आणि तिथे संमती द्या. ही लिंक फक्त तुमच्यासाठी आहे आणि 10 मिनिटे चालेल.
bank-waits = { $bank } तुमची माहिती तयार करत आहे. ती आली की तुम्हाला सांगेन.
bank-connected = { $bank } जोडली गेली. तिथला बॅलन्स: { $amount }.
bank-none = कोणतीही बँक जोडलेली नाही.
bank-line = { $bank } { $account }: { $amount }
bank-unlinked = { $bank } काढून टाकली, आणि तिची चावी पुसून टाकली.
bank-ask-unlink = { $bank } काढून टाकायची का?
bank-declined = तुम्ही { $bank } मध्ये संमती दिली नाही, म्हणून काही जोडले नाही.
bank-expired = ही लिंक जुनी झाली आहे. नवीन लिंक पुन्हा मागा.
bank-again = काही दाखवण्याआधी { $bank } पुन्हा तुमची संमती मागत आहे.
bank-gone = { $bank } आता जोडता येत नाही: ही सेवा देणारी कंपनी बंद झाली आहे.
bank-down = { $bank } कडून आत्ता उत्तर येत नाही. कृपया नंतर पुन्हा प्रयत्न करा.

## Bills
bill-found = { $biller } { $number }: { $amount }, शेवटची तारीख { $due }.
bill-none = या नंबरवर { $biller } चे कोणतेही बिल बाकी नाही.
bill-ask-number = { $biller } मध्ये तुमचा नंबर काय आहे?
bill-unknown = या नावाचे बिल इथे सापडले नाही.
confirm-bill = { $number } साठी { $biller } चे { $amount } भरायचे? फी: { $fee }. यानंतर तुमच्याकडे { $left } उरतील. 5 मिनिटांत होय दाबा.
bill-paid = { $biller } चे बिल भरले: { $amount }. रेफरन्स नंबर: { $reference }.

## The page for the PIN
page-title = तुमच्या PIN ने खात्री करा
page-pin = PIN (6 अंक)
page-pay = पैसे द्या
page-send-code = मला SMS ने कोड पाठवा
page-code = SMS मध्ये आलेला कोड
page-new-pin = नवीन PIN (6 अंक)
page-set = PIN ठरवा
page-wrong = हा PIN चुकीचा आहे. उरलेले प्रयत्न: { $left }.
page-locked = खूप वेळा चुकीचा PIN टाकला. उद्या पुन्हा प्रयत्न करा.
page-bad-pin = सगळे सारखे किंवा ओळीने नसलेले 6 अंक निवडा.
page-wrong-code = कोड चुकीचा आहे किंवा जुना झाला.
page-done = झाले. उत्तर तुमच्या चॅटमध्ये आहे.
page-gone = हे पान जुने झाले आहे किंवा वापरले गेले आहे. चॅटमध्ये पुन्हा विचारा.
page-forgot = PIN नाही किंवा विसरलात? नवीन ठरवा:
