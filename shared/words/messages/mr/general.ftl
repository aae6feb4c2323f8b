digest = { $count ->
        [one] Kamai मध्ये तुमची { $count } नवीन सूचना आहे.
       *[other] Kamai मध्ये तुमच्या { $count } नवीन सूचना आहेत.
    }
    .title = { $count ->
        [one] { $count } नवीन सूचना
       *[other] { $count } नवीन सूचना
    }
    .lines = { $lines }
announcement = { $text }
    .title = { $title }
system-status = { $state ->
        [planned] आम्ही Kamai मध्ये काही काम करणार आहोत. त्या वेळी काही गोष्टी कदाचित चालणार नाहीत. तुमचे पैसे सुरक्षित आहेत.
        [disrupted] Kamai मध्ये सध्या काहीतरी हळू आहे किंवा चालत नाही. तुमचे पैसे सुरक्षित आहेत, आम्ही ते दुरुस्त करत आहोत.
       *[restored] Kamai मध्ये सगळे पुन्हा चालू झाले आहे. थांबल्याबद्दल धन्यवाद.
    }
    .title = { $state ->
        [planned] Kamai मध्ये ठरलेले काम
        [disrupted] Kamai मध्ये अडचण
       *[restored] अडचण दूर झाली
    }
    .service = { $service ->
        [payments] कशात: पेमेंट मिळण्यात
        [transfers] कशात: Kamai वापरणाऱ्यांना पैसे पाठवण्यात
        [payouts] कशात: बँक आणि UPI मध्ये पैसे पाठवण्यात
       *[log_in] कशात: लॉगिन करण्यात
    }
    .details = { $details }
email-footer = Kamai तुम्हाला कधीच OTP, PIN किंवा पासवर्ड विचारत नाही. ते कोणालाही सांगू नका.
    .leave = असे ई-मेल बंद करा
    .left = आता Kamai तुम्हाला असे ई-मेल पाठवणार नाही. हे तुम्ही ॲपमध्ये कधीही बदलू शकता.
