transfer-received = आपको { $amount } मिले। आपका बैलेंस { $balance } है।
    .title = { $amount } मिले
    .counterparty = भेजने वाले: { $counterparty }
transfer-sent = आपने { $amount } भेजे। आपका बैलेंस { $balance } है।
    .title = { $amount } भेजे गए
    .counterparty = पाने वाले: { $counterparty }
transfer-held = { $direction ->
        [in] { $amount } आपके लिए अलग रखे गए हैं। भेजने वाले के जारी करते ही आप इन्हें इस्तेमाल कर सकेंगे।
       *[out] { $amount } भेजने के लिए अलग रखे गए हैं, अभी भेजे नहीं गए।
    } आपका बैलेंस { $balance } है।
    .title = { $amount } अलग रखे गए
    .counterparty = { $direction ->
        [in] भेजने वाले: { $counterparty }
       *[out] पाने वाले: { $counterparty }
    }
transfer-voided = { $direction ->
        [in] आपके लिए अलग रखे गए { $amount } का ट्रांसफ़र रद्द हो गया।
       *[out] आपका { $amount } का ट्रांसफ़र रद्द हो गया। यह पैसा फिर से आपके पास है।
    } आपका बैलेंस { $balance } है।
    .title = { $amount } का ट्रांसफ़र रद्द
    .counterparty = { $direction ->
        [in] भेजने वाले: { $counterparty }
       *[out] पाने वाले: { $counterparty }
    }
transfer-expired = { $direction ->
        [in] आपके लिए अलग रखे गए { $amount } समय पर जारी नहीं किए गए।
       *[out] आपका { $amount } का ट्रांसफ़र समय पर जारी नहीं हुआ। यह पैसा फिर से आपके पास है।
    } आपका बैलेंस { $balance } है।
    .title = { $amount } का ट्रांसफ़र ख़त्म हुआ
    .counterparty = { $direction ->
        [in] भेजने वाले: { $counterparty }
       *[out] पाने वाले: { $counterparty }
    }
