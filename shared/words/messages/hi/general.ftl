digest = { $count ->
        [one] Kamai में आपकी { $count } नई सूचना है।
       *[other] Kamai में आपकी { $count } नई सूचनाएँ हैं।
    }
    .title = { $count ->
        [one] { $count } नई सूचना
       *[other] { $count } नई सूचनाएँ
    }
    .lines = { $lines }
announcement = { $text }
    .title = { $title }
system-status = { $state ->
        [planned] हम Kamai में कुछ काम करेंगे। उस समय कुछ चीज़ें शायद न चलें। आपका पैसा सुरक्षित है।
        [disrupted] Kamai में अभी कुछ धीमा है या नहीं चल रहा। आपका पैसा सुरक्षित है, हम इसे ठीक कर रहे हैं।
       *[restored] Kamai में सब कुछ फिर से चल रहा है। आपके धैर्य के लिए धन्यवाद।
    }
    .title = { $state ->
        [planned] Kamai में पहले से तय काम
        [disrupted] Kamai में दिक़्क़त
       *[restored] दिक़्क़त दूर हो गई
    }
    .service = { $service ->
        [payments] किसमें: पेमेंट पाने में
        [transfers] किसमें: Kamai वालों को पैसे भेजने में
        [payouts] किसमें: बैंक और UPI में पैसे भेजने में
       *[log_in] किसमें: लॉगिन करने में
    }
    .details = { $details }
email-footer = Kamai आपसे कभी OTP, PIN या पासवर्ड नहीं पूछता। इन्हें किसी को न बताएँ।
    .leave = ऐसे ई-मेल बंद करें
    .left = अब Kamai आपको ऐसे ई-मेल नहीं भेजेगा। इसे आप ऐप में कभी भी बदल सकते हैं।
