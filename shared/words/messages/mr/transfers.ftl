transfer-received = तुम्हाला { $amount } मिळाले. तुमचा बॅलन्स { $balance } आहे.
    .title = { $amount } मिळाले
    .counterparty = पाठवणारे: { $counterparty }
transfer-sent = तुम्ही { $amount } पाठवले. तुमचा बॅलन्स { $balance } आहे.
    .title = { $amount } पाठवले
    .counterparty = घेणारे: { $counterparty }
transfer-held = { $direction ->
        [in] तुमच्यासाठी { $amount } बाजूला ठेवले आहेत. पाठवणाऱ्यांनी ते मोकळे केल्यावर तुम्ही वापरू शकाल.
       *[out] { $amount } पाठवण्यासाठी बाजूला ठेवले आहेत, अजून पाठवलेले नाहीत.
    } तुमचा बॅलन्स { $balance } आहे.
    .title = { $amount } बाजूला ठेवले
    .counterparty = { $direction ->
        [in] पाठवणारे: { $counterparty }
       *[out] घेणारे: { $counterparty }
    }
transfer-voided = { $direction ->
        [in] तुमच्यासाठी बाजूला ठेवलेले { $amount } चे ट्रान्सफर रद्द झाले.
       *[out] तुमचे { $amount } चे ट्रान्सफर रद्द झाले. हे पैसे तुम्ही पुन्हा वापरू शकता.
    } तुमचा बॅलन्स { $balance } आहे.
    .title = { $amount } चे ट्रान्सफर रद्द
    .counterparty = { $direction ->
        [in] पाठवणारे: { $counterparty }
       *[out] घेणारे: { $counterparty }
    }
transfer-expired = { $direction ->
        [in] तुमच्यासाठी बाजूला ठेवलेले { $amount } वेळेत मोकळे केले गेले नाहीत.
       *[out] तुमचे { $amount } चे ट्रान्सफर वेळेत पूर्ण झाले नाही. हे पैसे तुम्ही पुन्हा वापरू शकता.
    } तुमचा बॅलन्स { $balance } आहे.
    .title = { $amount } चे ट्रान्सफर संपले
    .counterparty = { $direction ->
        [in] पाठवणारे: { $counterparty }
       *[out] घेणारे: { $counterparty }
    }
