digest = { $count ->
        [one] Kamai లో మీకు { $count } కొత్త సందేశం ఉంది.
       *[other] Kamai లో మీకు { $count } కొత్త సందేశాలు ఉన్నాయి.
    }
    .title = { $count ->
        [one] { $count } కొత్త సందేశం
       *[other] { $count } కొత్త సందేశాలు
    }
    .lines = { $lines }
announcement = { $text }
    .title = { $title }
system-status = { $state ->
        [planned] మేము Kamai లో కొంత పని చేయబోతున్నాం. ఆ సమయంలో కొన్ని పనిచేయకపోవచ్చు. మీ డబ్బు భద్రంగా ఉంది.
        [disrupted] Kamai లో ఇప్పుడు కొన్ని నెమ్మదిగా ఉన్నాయి లేదా పనిచేయడం లేదు. మీ డబ్బు భద్రంగా ఉంది, మేము సరిచేస్తున్నాం.
       *[restored] Kamai లో అన్నీ మళ్లీ పనిచేస్తున్నాయి. ఓపికకు ధన్యవాదాలు.
    }
    .title = { $state ->
        [planned] Kamai లో ముందే అనుకున్న పని
        [disrupted] Kamai లో సమస్య
       *[restored] సమస్య తీరింది
    }
    .service = { $service ->
        [payments] దేనిలో: డబ్బు అందుకోవడంలో
        [transfers] దేనిలో: Kamai వాడేవారికి పంపడంలో
        [payouts] దేనిలో: బ్యాంక్‌కు, UPI కి పంపడంలో
       *[log_in] దేనిలో: లాగిన్ అవడంలో
    }
    .details = { $details }
email-footer = Kamai ఎప్పుడూ మీ OTP, PIN లేదా పాస్‌వర్డ్ అడగదు. వాటిని ఎవరికీ చెప్పకండి.
    .leave = ఇలాంటి ఇమెయిల్‌లను ఆపండి
    .left = Kamai ఇకపై మీకు ఇలాంటి ఇమెయిల్‌లు పంపదు. దీన్ని మీరు యాప్‌లో ఎప్పుడైనా మార్చుకోవచ్చు.
