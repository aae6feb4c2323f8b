digest = { $count ->
        [one] Kamai-তে আপনার { $count }টি নতুন বার্তা আছে।
       *[other] Kamai-তে আপনার { $count }টি নতুন বার্তা আছে।
    }
    .title = { $count ->
        [one] { $count }টি নতুন বার্তা
       *[other] { $count }টি নতুন বার্তা
    }
    .lines = { $lines }
announcement = { $text }
    .title = { $title }
system-status = { $state ->
        [planned] আমরা Kamai-তে কিছু কাজ করব। সেই সময় কিছু জিনিস না-ও চলতে পারে। আপনার টাকা নিরাপদ আছে।
        [disrupted] Kamai-তে এখন কিছু ধীরে চলছে বা চলছে না। আপনার টাকা নিরাপদ আছে, আমরা ঠিক করছি।
       *[restored] Kamai-তে সব আবার চলছে। ধৈর্য ধরার জন্য ধন্যবাদ।
    }
    .title = { $state ->
        [planned] Kamai-তে আগে থেকে ঠিক করা কাজ
        [disrupted] Kamai-তে সমস্যা
       *[restored] সমস্যা মিটে গেছে
    }
    .service = { $service ->
        [payments] কোথায়: পেমেন্ট পাওয়ায়
        [transfers] কোথায়: Kamai ব্যবহারকারীদের টাকা পাঠানোয়
        [payouts] কোথায়: ব্যাংক ও UPI-তে টাকা পাঠানোয়
       *[log_in] কোথায়: লগইন করায়
    }
    .details = { $details }
email-footer = Kamai কখনও আপনার OTP, PIN বা পাসওয়ার্ড জানতে চায় না। এগুলো কাউকে বলবেন না।
    .leave = এমন ইমেল বন্ধ করুন
    .left = Kamai আপনাকে আর এমন ইমেল পাঠাবে না। অ্যাপে আপনি যেকোনো সময় এটি বদলাতে পারেন।
