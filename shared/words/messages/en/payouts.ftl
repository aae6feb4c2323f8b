# Money that goes to a bank account or a UPI address.

payout-processed = Your payout of { $amount } has arrived. Your balance is { $balance }.
    .title = Payout of { $amount } done
    .counterparty = To: { $counterparty }
    .reference = Bank reference: { $reference }
payout-failed = Your payout of { $amount } did not go through. The money is yours to use again. Your balance is { $balance }.
    .title = Payout of { $amount } failed
    .counterparty = To: { $counterparty }
    .reason = Reason: { $reason }
payout-reversed = The bank returned your payout of { $amount }. The money is back with you. Your balance is { $balance }.
    .title = Payout of { $amount } came back
    .counterparty = To: { $counterparty }
    .reason = Reason: { $reason }
payout-cooling = Your payout of { $amount } to a new payee waits a while before it is sent, to keep your money safe. If it was not you, cancel it in Kamai now.
    .title = Payout of { $amount } is waiting
    .counterparty = To: { $counterparty }
    .until = It will be sent after: { $until }
payout-cancelled = Your payout of { $amount } was cancelled. The money is yours to use again. Your balance is { $balance }.
    .title = Payout of { $amount } cancelled
    .counterparty = To: { $counterparty }
batch-completed = Your batch of { $amount } is complete. Anything that could not be paid is back with you. Your balance is { $balance }.
    .title = Batch of { $amount } complete
