# What is said to many, or about many things at once.

digest = { $count ->
        [one] You have { $count } new notice in Kamai.
       *[other] You have { $count } new notices in Kamai.
    }
    .title = { $count ->
        [one] { $count } new notice
       *[other] { $count } new notices
    }
    .lines = { $lines }
announcement = { $text }
    .title = { $title }
system-status = { $state ->
        [planned] We will be working on Kamai. Some things may not work during that time. Your money is safe.
        [disrupted] Something in Kamai is slow or not working right now. Your money is safe, and we are working on it.
       *[restored] Everything in Kamai works again. Thank you for your patience.
    }
    .title = { $state ->
        [planned] Planned work on Kamai
        [disrupted] A problem in Kamai
       *[restored] The problem is solved
    }
    .service = { $service ->
        [payments] This is about: receiving payments
        [transfers] This is about: sending to Kamai users
        [payouts] This is about: payouts to banks and UPI
       *[log_in] This is about: logging in
    }
    .details = { $details }

# Under every e-mail; and, of those that nobody needs, how they are ended with one press.
email-footer = Kamai never asks for your OTP, PIN or password. Do not share them with anyone.
    .leave = Stop such e-mails
    .left = You will get no more such e-mails from Kamai. You can change this in the app at any time.
