transfer-received = మీకు { $amount } వచ్చాయి. మీ బ్యాలెన్స్ { $balance }.
    .title = { $amount } వచ్చాయి
    .counterparty = పంపినవారు: { $counterparty }
transfer-sent = మీరు { $amount } పంపారు. మీ బ్యాలెన్స్ { $balance }.
    .title = { $amount } పంపారు
    .counterparty = అందుకునేవారు: { $counterparty }
transfer-held = { $direction ->
        [in] మీ కోసం { $amount } పక్కన పెట్టి ఉన్నాయి. పంపేవారు విడుదల చేశాక మీరు వాడుకోవచ్చు.
       *[out] పంపడానికి { $amount } పక్కన పెట్టాం, ఇంకా పంపలేదు.
    } మీ బ్యాలెన్స్ { $balance }.
    .title = { $amount } పక్కన పెట్టాం
    .counterparty = { $direction ->
        [in] పంపేవారు: { $counterparty }
       *[out] అందుకునేవారు: { $counterparty }
    }
transfer-voided = { $direction ->
        [in] మీ కోసం పక్కన పెట్టిన { $amount } బదిలీ రద్దయింది.
       *[out] మీ { $amount } బదిలీ రద్దయింది. ఈ డబ్బును మీరు మళ్లీ వాడుకోవచ్చు.
    } మీ బ్యాలెన్స్ { $balance }.
    .title = { $amount } బదిలీ రద్దు
    .counterparty = { $direction ->
        [in] పంపేవారు: { $counterparty }
       *[out] అందుకునేవారు: { $counterparty }
    }
transfer-expired = { $direction ->
        [in] మీ కోసం పక్కన పెట్టిన { $amount } సమయానికి విడుదల కాలేదు.
       *[out] మీ { $amount } బదిలీ సమయానికి జరగలేదు. ఈ డబ్బును మీరు మళ్లీ వాడుకోవచ్చు.
    } మీ బ్యాలెన్స్ { $balance }.
    .title = { $amount } బదిలీ గడువు ముగిసింది
    .counterparty = { $direction ->
        [in] పంపేవారు: { $counterparty }
       *[out] అందుకునేవారు: { $counterparty }
    }
