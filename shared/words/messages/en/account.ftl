# The account itself: who may use it, how far, and what we know of its owner.

welcome = Your Kamai account is ready. You can receive money, send it, and take it out to your bank at any time.
    .title = Welcome to Kamai
account-paused = Your account is paused. No money can be sent from it for now. Your money is safe.
    .title = Your account is paused
    .reason = Reason: { $reason }
account-resumed = Your account is open again. You can send money as before.
    .title = Your account is open again
security-log_in = Somebody logged in to your account on { $time }. If it was not you, pause your account in Kamai at once.
    .title = New log-in to your account
limit-exceeded = Your payment of { $amount } was not made. { $limit ->
        [day] It is over your limit for one day.
        [transfer_day] It is over your one-day limit for sending to other Kamai users.
        [payee_day] It is over the one-day limit for this payee.
       *[payees_per_day] You have already paid as many people as you can in one day.
    } You can try again after { $resets_at }.
    .title = Payment of { $amount } is over your limit
kyc-status = { $status ->
        [pending] We are checking your documents. We will tell you when it is done.
        [verified] Your documents are verified. Thank you.
        [rejected] We could not verify your documents. Please open Kamai and send them again.
       *[expired] Your verification is no longer valid. Please open Kamai and verify again.
    }
    .title = { $status ->
        [pending] Your documents are being checked
        [verified] You are verified
        [rejected] Your documents were not accepted
       *[expired] Please verify again
    }
    .reason = Reason: { $reason }
login_otp = { $otp } is your Kamai login code. It is valid for { $minutes ->
        [one] { $minutes } minute
       *[other] { $minutes } minutes
    }. Do not share it with anyone, Kamai never asks for it.
    .title = Your login code
email_code = { $otp } is the code that confirms this e-mail address for your Kamai account. It is valid for { $minutes ->
        [one] { $minutes } minute
       *[other] { $minutes } minutes
    }. Do not share it with anyone, Kamai never asks for it.
    .title = Confirm your e-mail address
