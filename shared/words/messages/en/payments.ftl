# Money that comes in, and what is given back of it.

payment-captured = You received { $amount }. Your balance is { $balance }.
    .title = { $amount } received
payment-failed = A payment of { $amount } to you did not go through. Please ask the payer to try again.
    .title = Payment of { $amount } failed
    .reason = Reason: { $reason }
payment-assigned = We have found a payment of { $amount } that belongs to you and added it to your account. Your balance is { $balance }.
    .title = { $amount } received
refund-requested = { $amount } is set aside to be given back to the payer. Your balance is { $balance }.
    .title = Refund of { $amount } started
refund-processed = { $amount } was given back to the payer. Your balance is { $balance }.
    .title = Refund of { $amount } done
    .reference = Reference: { $reference }
refund-failed = The refund of { $amount } did not go through. The money is yours to use again. Your balance is { $balance }.
    .title = Refund of { $amount } failed
    .reason = Reason: { $reason }
