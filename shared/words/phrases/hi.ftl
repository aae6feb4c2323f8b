### What the assistant says. Values come formatted. A button's words (`button-`) have at most 20 characters, a row's (`row-`) at most 24.

## Who writes, and what for
stranger = इस नंबर का अभी कोई Kamai खाता नहीं है। ऐप में इसी नंबर से एक बार लॉग इन करें, फिर दोबारा लिखें।
help = यहाँ आप अपना पैसा देख और भेज सकते हैं: बैलेंस, पैसे भेजना, पैसे निकालना, कमाई और खर्च, बचत। जैसे लिखें: "बैलेंस", "रवि को 500 भेजो" या "850 कमाए Swiggy, पेट्रोल 200"।
not-understood = यह समझ नहीं आया। नीचे से कुछ चुनें या दूसरे शब्दों में लिखें।
not-read = यहाँ टेक्स्ट, बटन, वॉइस नोट और UPI कोड की फ़ोटो चलती है। कृपया लिखकर भेजें।
too-long = यह एक बार में पढ़ने के लिए बहुत लंबा है। कृपया छोटा करके लिखें।
not-available = Kamai में यह अभी नहीं हो सकता।
off-topic = यहाँ सिर्फ़ आपके पैसे और काम से जुड़ी मदद मिलती है।
hot-zones-none = अभी यह नहीं दिखता कि कहाँ ज़्यादा ऑर्डर हैं। यहाँ सिर्फ़ वही बताया जाता है जो पता हो।
schemes-none = सरकारी योजनाओं की इतनी जानकारी यहाँ अभी नहीं है कि बताया जा सके कौन सी आपके लिए है। यह कॉमन सर्विस सेंटर (CSC) से पता चल सकता है।
loans-none = Kamai के साथ अभी लाइसेंस वाली कोई लोन कंपनी नहीं है, इसलिए यहाँ लोन नहीं मिलता। लोन पाने के लिए पहले कभी फ़ीस न दें: यह धोखा है।
try-again = अभी यह नहीं हो पाया; कुछ भी नहीं बदला है। कृपया कुछ मिनट बाद फिर कोशिश करें।

## Buttons, and rows of the menu
button-yes = हाँ
button-no = नहीं
button-choose = चुनें
button-open = खोलें
button-statement = स्टेटमेंट (PDF)
button-receipt = रसीद (PDF)
row-balance = बैलेंस
row-send = पैसे भेजें
row-cash-out = पैसे निकालें
row-today = आज की कमाई
row-log = कमाई लिखें
row-language = भाषा
row-human = किसी व्यक्ति से बात
row-panic = सब कुछ रोकें
row-bank = बैंक जोड़ें
row-bill = बिल भरें

## Balance and movements
balance = आप { $available } खर्च कर सकते हैं।
balance-held = आप { $available } खर्च कर सकते हैं। { $held } और हैं, जो भेजे जा रहे पेमेंट के लिए अलग रखे हैं।
movements = आपके पिछले लेन-देन:
movements-none = अभी कोई लेन-देन नहीं है।
movements-none-then = उस समय में कोई लेन-देन नहीं है।
movement-in = { $day }: { $amount } आए, { $what }
movement-out = { $day }: { $amount } गए, { $what }
what-payment = पेमेंट मिला
what-refund = रिफ़ंड
what-transfer = ट्रांसफ़र
what-payout = पैसे निकालना
what-other = अन्य

## Asking for what is missing
ask-amount = कितने रुपये?
ask-amount-log = कितने रुपये थे?
ask-payee = किसको? जिन्हें पहले पैसे भेजे हों उनका नाम, फ़ोन नंबर या UPI आईडी लिखें।
ask-target = कितने पैसे बचाने हैं?
ask-goal = किस चीज़ के लिए बचत कर रहे हैं?
ask-language = कौन सी भाषा?
ask-biller = कौन सा बिल? जैसे लिखें: बिजली, मोबाइल रिचार्ज, गैस, पानी, DTH।
ask-bank = कौन सा बैंक?
ask-day = किस दिन?
no-payee = जिन्हें आपने पैसे भेजे हैं, उनमें { $name } नाम का कोई नहीं है। उनका फ़ोन नंबर या UPI आईडी लिखें।
which-payee = { $name } नाम के कई लोग हैं। किसको भेजना है?
dropped = ठीक है, इसे छोड़ दिया।

## Before money moves
confirm-transfer = { $to } को { $amount } भेजें? कोई फ़ीस नहीं है। इसके बाद आपके पास { $left } बचेंगे। 5 मिनट के अंदर हाँ दबाएँ।
confirm-payout = { $to } को { $amount } भेजें? फ़ीस: { $fee }। कुल: { $total }। इसके बाद आपके पास { $left } बचेंगे। 5 मिनट के अंदर हाँ दबाएँ।
confirm-cash-out = { $amount } निकालकर { $to } में भेजें? फ़ीस: { $fee }। कुल: { $total }। इसके बाद आपके पास { $left } बचेंगे। 5 मिनट के अंदर हाँ दबाएँ।
confirm-first = आपने { $to } को पहले कभी पैसे नहीं भेजे। आईडी या खाता ठीक से देख लें।
confirm-word = या जवाब में सिर्फ़ हाँ या नहीं लिखें।
nothing-waits = अभी हाँ या ना कहने के लिए कुछ नहीं है।
confirm-late = वह सवाल पुराना हो गया है। कुछ नहीं भेजा गया। अब भी भेजना हो तो फिर से कहें।
confirm-other = वह बटन किसी दूसरे सवाल का है। कुछ नहीं भेजा गया।
confirm-early = आपका जवाब सवाल दिखने से पहले आ गया। कुछ नहीं भेजा गया। कृपया फिर से देखें:
confirm-changed = पूछने के बाद फ़ीस बदल गई है। कुछ नहीं भेजा गया। अब भी भेजना हो तो फिर से कहें।
cancelled = कुछ नहीं भेजा गया।
needs-pin = { $amount } या उससे ज़्यादा के लिए आपका PIN चाहिए। 5 मिनट के अंदर यह पेज खोलें और PIN वहीं डालें, यहाँ कभी नहीं:
pin-never-here = अपना PIN या OTP यहाँ कभी न लिखें। Kamai का कोई भी व्यक्ति यह नहीं माँगता।
no-pin-yet = { $amount } या उससे ज़्यादा के लिए PIN चाहिए, और आपने अभी PIN नहीं बनाया है। बनाने के लिए यह पेज खोलें:

confirm-bill = { $number } के लिए { $biller } को { $amount } भरें? फ़ीस: { $fee }। इसके बाद आपके पास { $left } बचेंगे। 5 मिनट के अंदर हाँ दबाएँ।
confirm-standing = { $to } को { $every } { $amount } भेजें, पहली बार { $day } को, जब तक आप बंद न करें? हर बार फ़ीस: { $fee }। एक दिन पहले शाम को आपको बता दिया जाएगा। 5 मिनट के अंदर हाँ दबाएँ।

## What became of it
sent = { $to } को { $amount } भेज दिए गए। आपके पास { $left } बचे हैं।
paying = { $to } को { $amount } भेजे जा रहे हैं। पहुँचते ही आपको बता दिया जाएगा।
paying-checked = { $to } के { $amount } रुके हैं, पहले उनकी आईडी या खाते की जाँच होगी। पहुँचते ही आपको बता दिया जाएगा।
not-enough = आप { $available } खर्च कर सकते हैं। { $short } कम पड़ रहे हैं।
over-limit-day = यह आपकी आज की सीमा से { $excess } ज़्यादा है। रात 12 बजे नई सीमा शुरू होगी।
over-limit-payee = यह इस व्यक्ति को भेजने की आज की सीमा से { $excess } ज़्यादा है।
over-limit-payees = आज जितने अलग-अलग लोगों को भेज सकते हैं, उतनों को आप भेज चुके हैं।
paused = आपका खाता रुका हुआ है। पहले ऐप में रोक हटाएँ।
closed = आपका खाता बंद है।
to-self = आप खुद को पैसे नहीं भेज सकते।
too-small = कम से कम { $min } भेज सकते हैं।
too-large = एक बार में ज़्यादा से ज़्यादा { $max } भेज सकते हैं।
no-recipient = इस नंबर पर किसी का Kamai वॉलेट नहीं है। इसकी जगह UPI आईडी दें।
payee-invalid = बैंक के अनुसार यह आईडी या खाता सही नहीं है। कुछ नहीं भेजा गया।
payee-busy = इस आईडी या खाते की जाँच होने तक कई पेमेंट रुके हैं। कृपया बाद में फिर कोशिश करें।
not-a-receiver = यह ऐसा फ़ोन नंबर या UPI आईडी नहीं है जिस पर पैसे भेजे जा सकें।
no-own-account = आपका अपना खाता अभी जुड़ा नहीं है। अपनी UPI आईडी लिखें या ऐप में बैंक खाता जोड़ें।

## Bills
bill-found = { $biller } { $number }: { $amount }, आखिरी तारीख { $due }।
bill-none = इस नंबर पर { $biller } का कोई बिल बाकी नहीं है।
bill-ask-number = { $biller } में आपका { $what } क्या है?
bill-unknown = इस नाम का बिल यहाँ नहीं मिला।
bill-wrong-number = { $biller } में यह नंबर नहीं मिला।
bill-down = { $biller } से अभी जवाब नहीं आ रहा। कृपया बाद में फिर कोशिश करें।
bill-amount-exact = इस बिल के लिए { $biller } को पूरे { $amount } ही भरने होंगे, न कम न ज़्यादा।
bill-amount-range = { $biller } को { $min } से { $max } तक भर सकते हैं।

## Standing payments
every-day = रोज़
every-week = हर { $weekday }
every-month = हर महीने { $on } तारीख को
monday = सोमवार
tuesday = मंगलवार
wednesday = बुधवार
thursday = गुरुवार
friday = शुक्रवार
saturday = शनिवार
sunday = रविवार
standing-set = हो गया: { $to } को { $every } { $amount } जाएँगे, पहली बार { $day } को। बंद करने के लिए लिखें "{ $to } का पेमेंट बंद करो"।
standing-line = { $to } को { $every } { $amount }, अगली बार { $day } को
standing-none = अपने आप जाने वाला आपका कोई पेमेंट नहीं है। जैसे लिखें: "रवि को हर महीने 2000 भेजो"।
standing-ask-end = { $to } को अपने आप जाने वाला { $amount } का पेमेंट बंद करें?
standing-ended = बंद कर दिया। अब { $to } को अपने आप कुछ नहीं जाएगा।
standing-too-many = अपने आप जाने वाले जितने पेमेंट रख सकते हैं, उतने आप रख चुके हैं। पहले कोई एक बंद करें।

## Banks
banks = कौन सा बैंक जोड़ना है?
bank-link = यह पेज खोलें, { $bank } में लॉग इन करें और वहाँ मंज़ूरी दें। यह लिंक सिर्फ़ आपके लिए है और 10 मिनट चलेगा:
bank-waits = { $bank } आपकी जानकारी तैयार कर रहा है। आते ही आपको बता दिया जाएगा।
bank-connected = { $bank } जुड़ गया।
bank-known = { $bank } पहले से जुड़ा है।
bank-none = कोई बैंक जुड़ा नहीं है। लिखें "बैंक जोड़ो"।
bank-line = { $bank } { $account }: { $amount }
bank-read = { $day }, { $time } तक की जानकारी।
bank-ask-unlink = { $bank } को हटा दें? इसके बाद वहाँ का कुछ भी यहाँ नहीं दिखेगा।
bank-unlinked = { $bank } हटा दिया गया, और उसकी जो जानकारी यहाँ थी वह मिटा दी गई।
bank-declined = आपने { $bank } में मंज़ूरी नहीं दी, इसलिए कुछ नहीं जोड़ा गया।
bank-expired = यह लिंक पुराना हो गया है या इस्तेमाल हो चुका है। नया लिंक फिर से माँगें।
bank-again = कुछ भी दिखाने से पहले { $bank } फिर से आपकी मंज़ूरी माँग रहा है। लिखें "बैंक जोड़ो"।
bank-paused = जहाँ आपने मंज़ूरी दी थी वहाँ { $bank } को रोक रखा है। वहाँ फिर से चालू करने तक कुछ नया नहीं दिखेगा।
bank-withdrawn = आपने { $bank } में अपनी मंज़ूरी वापस ले ली। वह हटा दिया गया है।
bank-gone = { $bank } अब नहीं जुड़ सकता: यह सेवा देने वाली कंपनी बंद हो गई है।
bank-down = { $bank } से अभी जवाब नहीं आ रहा। यहाँ से अपने आप फिर कोशिश होगी।
bank-empty = { $bank } में ऐसा कोई खाता नहीं दिखा जो जोड़ा जा सके।
platform-line = { $bank }: पिछले 7 दिनों में { $amount } की कमाई।
platform-fleet = { $bank } पर आप किसी फ्लीट के लिए चलाते हैं और पैसा उसे मिलता है। अपनी कमाई मुझे बताइए, जैसे: आज 850 कमाए
bank-unknown = इस नाम का बैंक यहाँ नहीं मिला। ये बैंक जोड़े जा सकते हैं:
bank-not-here = { $bank } अभी Kamai में नहीं जोड़ा जा सकता।

## Notes of earnings and expenses
logged-income = लिख लिया: { $amount } कमाए, { $what }। आज: { $today }।
logged-expense = लिख लिया: { $amount } खर्च, { $what }। आज: { $today }।
logged-several = लिख लिया: { $list }।
today = आज: कमाई { $income }, खर्च { $expenses }, बचे { $left }।
today-none = आज का कुछ नहीं लिखा है। जैसे लिखें: "850 कमाए Swiggy, पेट्रोल 200"।
period = { $period }: कमाई { $income }, खर्च { $expenses }, बचे { $left }।
period-none = उस समय का कुछ नहीं लिखा है।
insight-line = { $what }: { $amount } ({ $percent } %)
budget-left = { $what } के { $budget } के बजट में से इस महीने { $left } बचे हैं।
budget-over = इस महीने { $what } के { $budget } के बजट से { $over } ज़्यादा खर्च हुए हैं।
budget-set = { $what } के लिए आपका बजट महीने का { $budget } है।
everything = सब कुछ
unnamed = नाम नहीं लिखा
fuel = ईंधन
food = खाना
vehicle = गाड़ी
phone = फ़ोन
rent = किराया
family = परिवार
health = सेहत
loan = लोन
shopping = खरीदारी
travel = सफ़र
education = पढ़ाई
fees = फ़ीस
fine = जुर्माना
other = अन्य

## The summary of a day, and papers
summary-on = अब से रोज़ { $hour }:00 बजे आपको दिन का हिसाब मिलेगा। बंद करने के लिए लिखें "रोज़ का हिसाब बंद करो"।
summary-off = अब रोज़ का हिसाब नहीं आएगा।
statement-waits = आपका स्टेटमेंट बन रहा है। थोड़ी देर में आ जाएगा।
statement-ready = आपका स्टेटमेंट, { $from } से { $to } तक।

## Goals
goal-set = बचत का लक्ष्य: { $goal }, { $target }। जब भी कुछ बचाएँ, लिखें "{ $goal } के लिए 200 बचाए"।
goal-progress = { $goal }: { $target } में से { $saved } ({ $percent } %)।
goals-none = अभी आपका बचत का कोई लक्ष्य नहीं है। जैसे लिखें: "फ़ोन के लिए 5000 बचाने हैं"।

## Letters to a platform whose payment fell short
dispute-payment = { $platform } टीम, नमस्ते। { $from } से { $to } तक के मेरे काम के लिए आपने { $stated } का पेमेंट बताया था। मेरे खाते में सिर्फ़ { $came } आए हैं, यानी { $missing } बाकी हैं। कृपया 7 दिन के अंदर { $missing } का पेमेंट करें, या लिखकर बताएँ कि यह क्यों नहीं किया गया। धन्यवाद।
dispute-week = { $platform } टीम, नमस्ते। { $from } से { $to } तक आपके साथ काम करके मेरी कमाई { $stated } हुई। इस समय के लिए मुझे सिर्फ़ { $came } मिले हैं, यानी { $missing } बाकी हैं। कृपया 7 दिन के अंदर { $missing } का पेमेंट करें, या लिखकर बताएँ कि यह क्यों नहीं किया गया। धन्यवाद।
dispute-unexplained = { $platform } टीम, नमस्ते। { $from } से { $to } तक के काम के लिए मुझे { $stated } मिलने थे, पर { $came } मिले। { $missing } क्यों कम हैं, इसका कोई कारण मुझे नहीं बताया गया। कृपया 7 दिन के अंदर यह पैसा दें, या लिखकर बताएँ कि क्या काटा गया और क्यों। धन्यवाद।

## Language, memory, a person
language-is = अब से आपको जवाब हिंदी में मिलेंगे।
human-comes = हमारे एक साथी को बुला लिया है। उनकी बात पूरी होने तक यहाँ से अपने आप जवाब नहीं आएगा। लिखें कि बात क्या है।
human-done = हमारे साथी से बात पूरी हो गई। अब फिर से यहाँ जवाब मिलेंगे।
memory-on = आपकी बात समझने के लिए आपके पिछले 10 मैसेज एक घंटे तक याद रखे जाते हैं। और कुछ नहीं।
memory-off = आपका लिखा कुछ भी याद नहीं रखा जाता, सिर्फ़ वह सवाल जो अभी चल रहा है।
memory-kept = अभी याद है: { $count }
button-memory-on = याद रखें
button-memory-off = याद न रखें
forgotten = अब तक की बातें भुला दी गई हैं। पेमेंट आपके स्टेटमेंट में रहेंगे, क्योंकि कानून ऐसा कहता है।

## Stopping everything
panicked = रोक दिया। आपके खाते से कोई पैसा नहीं जाएगा। रोक हटाने के लिए ऐप में जाएँ: वहाँ OTP लगेगा।
ask-panic = क्या सब कुछ रोक दें, ताकि आपके खाते से कोई पैसा न जाए?

## Messages, or no messages
ask-stop = क्या WhatsApp पर आपको मैसेज भेजना बंद कर दें?
ask-stop-summary = क्या मैं रोज़ का हिसाब भेजना बंद कर दूँ?
stopped = अब यहाँ हमारे मैसेज नहीं आएँगे, सिर्फ़ आपके लिखे का जवाब आएगा।
started = अब यहाँ हमारे मैसेज फिर से आएँगे।

## Voice, photos, documents
heard = यह सुनाई दिया: "{ $text }"
heard-nothing = इसमें कोई शब्द सुनाई नहीं दिया। कृपया फिर से बोलें या लिखें।
voice-confirms-nothing = वॉइस नोट से पेमेंट पक्का नहीं हो सकता। बटन दबाएँ या शब्द लिखें।
no-voice = अभी वॉइस नोट नहीं सुने जा सकते। कृपया लिखकर भेजें।
read-code = कोड में लिखा है: { $name }, { $vpa }।
no-code = उस फ़ोटो में UPI कोड नहीं मिला। सामने से फ़ोटो लें, पूरा कोड दिखना चाहिए।

## The page for the PIN
page-title = अपने PIN से पुष्टि करें
page-pin = PIN (6 अंक)
page-pay = भुगतान करें
page-send-code = मुझे SMS से कोड भेजें
page-code = SMS में आया कोड
page-new-pin = नया PIN (6 अंक)
page-set = PIN सेट करें
page-wrong = यह PIN ग़लत है। बचे हुए मौके: { $left }।
page-locked = बहुत बार ग़लत PIN डाला गया। कल फिर कोशिश करें।
page-bad-pin = ऐसे 6 अंक चुनें जो सब एक जैसे या क्रम में न हों।
page-wrong-code = कोड ग़लत है या पुराना हो गया।
page-done = हो गया। जवाब आपकी चैट में है।
page-bank-done = { $bank } जोड़ा जा रहा है। अपनी चैट या ऐप में वापस जाएँ: थोड़ी देर में वहाँ दिख जाएगा।
page-bank-declined = आपने मंज़ूरी नहीं दी, इसलिए कुछ नहीं जोड़ा गया। आप यह पेज बंद कर सकते हैं।
page-gone = यह पेज पुराना हो गया है या इस्तेमाल हो चुका है। चैट में फिर से पूछें।
page-forgot = PIN नहीं है या भूल गए? नया सेट करें:
