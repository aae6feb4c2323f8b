transfer-received = ನಿಮಗೆ { $amount } ಬಂದಿದೆ. ನಿಮ್ಮ ಬ್ಯಾಲೆನ್ಸ್ { $balance }.
    .title = { $amount } ಬಂದಿದೆ
    .counterparty = ಕಳುಹಿಸಿದವರು: { $counterparty }
transfer-sent = ನೀವು { $amount } ಕಳುಹಿಸಿದ್ದೀರಿ. ನಿಮ್ಮ ಬ್ಯಾಲೆನ್ಸ್ { $balance }.
    .title = { $amount } ಕಳುಹಿಸಲಾಗಿದೆ
    .counterparty = ಪಡೆಯುವವರು: { $counterparty }
transfer-held = { $direction ->
        [in] ನಿಮಗಾಗಿ { $amount } ಬೇರೆ ಇಡಲಾಗಿದೆ. ಕಳುಹಿಸುವವರು ಬಿಡುಗಡೆ ಮಾಡಿದ ಮೇಲೆ ನೀವು ಬಳಸಬಹುದು.
       *[out] ಕಳುಹಿಸಲು { $amount } ಬೇರೆ ಇಡಲಾಗಿದೆ, ಇನ್ನೂ ಕಳುಹಿಸಿಲ್ಲ.
    } ನಿಮ್ಮ ಬ್ಯಾಲೆನ್ಸ್ { $balance }.
    .title = { $amount } ಬೇರೆ ಇಡಲಾಗಿದೆ
    .counterparty = { $direction ->
        [in] ಕಳುಹಿಸುವವರು: { $counterparty }
       *[out] ಪಡೆಯುವವರು: { $counterparty }
    }
transfer-voided = { $direction ->
        [in] ನಿಮಗಾಗಿ ಬೇರೆ ಇಟ್ಟಿದ್ದ { $amount } ವರ್ಗಾವಣೆ ರದ್ದಾಗಿದೆ.
       *[out] ನಿಮ್ಮ { $amount } ವರ್ಗಾವಣೆ ರದ್ದಾಗಿದೆ. ಈ ಹಣವನ್ನು ನೀವು ಮತ್ತೆ ಬಳಸಬಹುದು.
    } ನಿಮ್ಮ ಬ್ಯಾಲೆನ್ಸ್ { $balance }.
    .title = { $amount } ವರ್ಗಾವಣೆ ರದ್ದು
    .counterparty = { $direction ->
        [in] ಕಳುಹಿಸುವವರು: { $counterparty }
       *[out] ಪಡೆಯುವವರು: { $counterparty }
    }
transfer-expired = { $direction ->
        [in] ನಿಮಗಾಗಿ ಬೇರೆ ಇಟ್ಟಿದ್ದ { $amount } ಸಮಯಕ್ಕೆ ಬಿಡುಗಡೆ ಆಗಲಿಲ್ಲ.
       *[out] ನಿಮ್ಮ { $amount } ವರ್ಗಾವಣೆ ಸಮಯಕ್ಕೆ ಆಗಲಿಲ್ಲ. ಈ ಹಣವನ್ನು ನೀವು ಮತ್ತೆ ಬಳಸಬಹುದು.
    } ನಿಮ್ಮ ಬ್ಯಾಲೆನ್ಸ್ { $balance }.
    .title = { $amount } ವರ್ಗಾವಣೆಯ ಸಮಯ ಮುಗಿದಿದೆ
    .counterparty = { $direction ->
        [in] ಕಳುಹಿಸುವವರು: { $counterparty }
       *[out] ಪಡೆಯುವವರು: { $counterparty }
    }
