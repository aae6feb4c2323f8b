# Money between two people who both use Kamai.

transfer-received = You received { $amount }. Your balance is { $balance }.
    .title = { $amount } received
    .counterparty = From: { $counterparty }
transfer-sent = You sent { $amount }. Your balance is { $balance }.
    .title = { $amount } sent
    .counterparty = To: { $counterparty }
transfer-held = { $direction ->
        [in] { $amount } is set aside for you. You can use it once the sender releases it.
       *[out] { $amount } is set aside for a transfer and not sent yet.
    } Your balance is { $balance }.
    .title = { $amount } set aside
    .counterparty = { $direction ->
        [in] From: { $counterparty }
       *[out] To: { $counterparty }
    }
transfer-voided = { $direction ->
        [in] The transfer of { $amount } that was set aside for you was cancelled.
       *[out] Your transfer of { $amount } was cancelled. The money is yours to use again.
    } Your balance is { $balance }.
    .title = Transfer of { $amount } cancelled
    .counterparty = { $direction ->
        [in] From: { $counterparty }
       *[out] To: { $counterparty }
    }
transfer-expired = { $direction ->
        [in] The transfer of { $amount } that was set aside for you was not released in time.
       *[out] Your transfer of { $amount } was not released in time. The money is yours to use again.
    } Your balance is { $balance }.
    .title = Transfer of { $amount } ended
    .counterparty = { $direction ->
        [in] From: { $counterparty }
       *[out] To: { $counterparty }
    }
