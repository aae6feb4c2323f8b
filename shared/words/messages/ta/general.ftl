digest = { $count ->
        [one] Kamai-இல் உங்களுக்கு { $count } புதிய அறிவிப்பு உள்ளது.
       *[other] Kamai-இல் உங்களுக்கு { $count } புதிய அறிவிப்புகள் உள்ளன.
    }
    .title = { $count ->
        [one] { $count } புதிய அறிவிப்பு
       *[other] { $count } புதிய அறிவிப்புகள்
    }
    .lines = { $lines }
announcement = { $text }
    .title = { $title }
system-status = { $state ->
        [planned] Kamai-இல் சில பணிகள் செய்யப் போகிறோம். அப்போது சில வசதிகள் இயங்காமல் இருக்கலாம். உங்கள் பணம் பாதுகாப்பாக உள்ளது.
        [disrupted] Kamai-இல் இப்போது சில வசதிகள் மெதுவாக உள்ளன அல்லது இயங்கவில்லை. உங்கள் பணம் பாதுகாப்பாக உள்ளது, நாங்கள் சரிசெய்து வருகிறோம்.
       *[restored] Kamai-இல் எல்லாம் மீண்டும் இயங்குகிறது. பொறுமைக்கு நன்றி.
    }
    .title = { $state ->
        [planned] Kamai-இல் திட்டமிட்ட பணி
        [disrupted] Kamai-இல் சிக்கல்
       *[restored] சிக்கல் தீர்ந்தது
    }
    .service = { $service ->
        [payments] எதில்: பணம் பெறுவதில்
        [transfers] எதில்: Kamai பயனர்களுக்கு அனுப்புவதில்
        [payouts] எதில்: வங்கிக்கும் UPI-க்கும் அனுப்புவதில்
       *[log_in] எதில்: உள்நுழைவதில்
    }
    .details = { $details }
email-footer = Kamai உங்கள் OTP, PIN அல்லது கடவுச்சொல்லை ஒருபோதும் கேட்காது. யாரிடமும் சொல்லாதீர்கள்.
