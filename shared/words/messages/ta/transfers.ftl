transfer-received = உங்களுக்கு { $amount } வந்துள்ளது. உங்கள் இருப்பு { $balance }.
    .title = { $amount } வந்துள்ளது
    .counterparty = அனுப்பியவர்: { $counterparty }
transfer-sent = நீங்கள் { $amount } அனுப்பினீர்கள். உங்கள் இருப்பு { $balance }.
    .title = { $amount } அனுப்பப்பட்டது
    .counterparty = பெறுபவர்: { $counterparty }
transfer-held = { $direction ->
        [in] உங்களுக்காக { $amount } தனியாக வைக்கப்பட்டுள்ளது. அனுப்புபவர் விடுவித்ததும் நீங்கள் பயன்படுத்தலாம்.
       *[out] அனுப்புவதற்காக { $amount } தனியாக வைக்கப்பட்டுள்ளது, இன்னும் அனுப்பப்படவில்லை.
    } உங்கள் இருப்பு { $balance }.
    .title = { $amount } தனியாக வைக்கப்பட்டது
    .counterparty = { $direction ->
        [in] அனுப்புபவர்: { $counterparty }
       *[out] பெறுபவர்: { $counterparty }
    }
transfer-voided = { $direction ->
        [in] உங்களுக்காகத் தனியாக வைத்த { $amount } ரத்து செய்யப்பட்டது.
       *[out] நீங்கள் அனுப்ப இருந்த { $amount } ரத்து செய்யப்பட்டது. இந்தப் பணத்தை நீங்கள் மீண்டும் பயன்படுத்தலாம்.
    } உங்கள் இருப்பு { $balance }.
    .title = { $amount } பரிமாற்றம் ரத்து
    .counterparty = { $direction ->
        [in] அனுப்புபவர்: { $counterparty }
       *[out] பெறுபவர்: { $counterparty }
    }
transfer-expired = { $direction ->
        [in] உங்களுக்காகத் தனியாக வைத்த { $amount } உரிய நேரத்தில் விடுவிக்கப்படவில்லை.
       *[out] நீங்கள் அனுப்ப இருந்த { $amount } உரிய நேரத்தில் விடுவிக்கப்படவில்லை. இந்தப் பணத்தை நீங்கள் மீண்டும் பயன்படுத்தலாம்.
    } உங்கள் இருப்பு { $balance }.
    .title = { $amount } பரிமாற்றத்தின் நேரம் முடிந்தது
    .counterparty = { $direction ->
        [in] அனுப்புபவர்: { $counterparty }
       *[out] பெறுபவர்: { $counterparty }
    }
