digest = { $count ->
        [one] Kamai ನಲ್ಲಿ ನಿಮಗೆ { $count } ಹೊಸ ಸೂಚನೆ ಇದೆ.
       *[other] Kamai ನಲ್ಲಿ ನಿಮಗೆ { $count } ಹೊಸ ಸೂಚನೆಗಳಿವೆ.
    }
    .title = { $count ->
        [one] { $count } ಹೊಸ ಸೂಚನೆ
       *[other] { $count } ಹೊಸ ಸೂಚನೆಗಳು
    }
    .lines = { $lines }
announcement = { $text }
    .title = { $title }
system-status = { $state ->
        [planned] ನಾವು Kamai ನಲ್ಲಿ ಕೆಲವು ಕೆಲಸ ಮಾಡಲಿದ್ದೇವೆ. ಆ ಸಮಯದಲ್ಲಿ ಕೆಲವು ನಡೆಯದಿರಬಹುದು. ನಿಮ್ಮ ಹಣ ಸುರಕ್ಷಿತವಾಗಿದೆ.
        [disrupted] Kamai ನಲ್ಲಿ ಈಗ ಕೆಲವು ನಿಧಾನವಾಗಿವೆ ಅಥವಾ ನಡೆಯುತ್ತಿಲ್ಲ. ನಿಮ್ಮ ಹಣ ಸುರಕ್ಷಿತವಾಗಿದೆ, ನಾವು ಸರಿಪಡಿಸುತ್ತಿದ್ದೇವೆ.
       *[restored] Kamai ನಲ್ಲಿ ಎಲ್ಲವೂ ಮತ್ತೆ ನಡೆಯುತ್ತಿದೆ. ನಿಮ್ಮ ತಾಳ್ಮೆಗೆ ಧನ್ಯವಾದಗಳು.
    }
    .title = { $state ->
        [planned] Kamai ನಲ್ಲಿ ಮೊದಲೇ ನಿಗದಿಯಾದ ಕೆಲಸ
        [disrupted] Kamai ನಲ್ಲಿ ತೊಂದರೆ
       *[restored] ತೊಂದರೆ ನಿವಾರಣೆಯಾಗಿದೆ
    }
    .service = { $service ->
        [payments] ಯಾವುದರಲ್ಲಿ: ಹಣ ಪಡೆಯುವುದರಲ್ಲಿ
        [transfers] ಯಾವುದರಲ್ಲಿ: Kamai ಬಳಕೆದಾರರಿಗೆ ಕಳುಹಿಸುವುದರಲ್ಲಿ
        [payouts] ಯಾವುದರಲ್ಲಿ: ಬ್ಯಾಂಕ್ ಮತ್ತು UPI ಗೆ ಕಳುಹಿಸುವುದರಲ್ಲಿ
       *[log_in] ಯಾವುದರಲ್ಲಿ: ಲಾಗಿನ್ ಆಗುವುದರಲ್ಲಿ
    }
    .details = { $details }
email-footer = Kamai ಎಂದೂ ನಿಮ್ಮ OTP, PIN ಅಥವಾ ಪಾಸ್‌ವರ್ಡ್ ಕೇಳುವುದಿಲ್ಲ. ಅವುಗಳನ್ನು ಯಾರಿಗೂ ಹೇಳಬೇಡಿ.
