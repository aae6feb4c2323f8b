transfer-received = আপনি { $amount } পেয়েছেন। আপনার ব্যালেন্স { $balance }।
    .title = { $amount } পেয়েছেন
    .counterparty = পাঠিয়েছেন: { $counterparty }
transfer-sent = আপনি { $amount } পাঠিয়েছেন। আপনার ব্যালেন্স { $balance }।
    .title = { $amount } পাঠানো হয়েছে
    .counterparty = প্রাপক: { $counterparty }
transfer-held = { $direction ->
        [in] আপনার জন্য { $amount } আলাদা রাখা হয়েছে। যিনি পাঠাচ্ছেন, তিনি ছাড়লে আপনি এই টাকা ব্যবহার করতে পারবেন।
       *[out] পাঠানোর জন্য { $amount } আলাদা রাখা হয়েছে, এখনও পাঠানো হয়নি।
    } আপনার ব্যালেন্স { $balance }।
    .title = { $amount } আলাদা রাখা হয়েছে
    .counterparty = { $direction ->
        [in] পাঠাচ্ছেন: { $counterparty }
       *[out] প্রাপক: { $counterparty }
    }
transfer-voided = { $direction ->
        [in] আপনার জন্য আলাদা রাখা { $amount } এর ট্রান্সফার বাতিল হয়েছে।
       *[out] আপনার { $amount } এর ট্রান্সফার বাতিল হয়েছে। এই টাকা আপনি আবার ব্যবহার করতে পারবেন।
    } আপনার ব্যালেন্স { $balance }।
    .title = { $amount } এর ট্রান্সফার বাতিল
    .counterparty = { $direction ->
        [in] পাঠাচ্ছিলেন: { $counterparty }
       *[out] প্রাপক: { $counterparty }
    }
transfer-expired = { $direction ->
        [in] আপনার জন্য আলাদা রাখা { $amount } সময়মতো ছাড়া হয়নি।
       *[out] আপনার { $amount } এর ট্রান্সফার সময়মতো হয়নি। এই টাকা আপনি আবার ব্যবহার করতে পারবেন।
    } আপনার ব্যালেন্স { $balance }।
    .title = { $amount } এর ট্রান্সফারের সময় শেষ
    .counterparty = { $direction ->
        [in] পাঠাচ্ছিলেন: { $counterparty }
       *[out] প্রাপক: { $counterparty }
    }
