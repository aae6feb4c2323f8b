// Made by `npm run generate`. Not to be edited.

export interface paths {
    "/.well-known/jwks.json": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Public keys of access tokens */
        get: operations["get_well_known_jwks_json"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/health": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Whether the API answers */
        get: operations["get_health"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/openapi.json": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** This API as OpenAPI 3.1 */
        get: operations["get_openapi_json"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/auth/logout": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** End a refresh token's family */
        post: operations["post_auth_logout"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/auth/otp": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Send a one-time password to a phone */
        post: operations["post_auth_otp"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/auth/refresh": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Rotate a refresh token */
        post: operations["post_auth_refresh"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/auth/token": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Exchange a one-time password for tokens */
        post: operations["post_auth_token"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/banks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Banks that can be connected, and what is seen of those that are */
        get: operations["get_banks"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/banks/return": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The page that banks and platforms send people back to */
        get: operations["get_banks_return"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/banks/{bank}/connect": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** A link to a bank, where the caller agrees */
        post: operations["post_banks_bank_connect"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/banks/{bank}/disconnect": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** End a connection, at once */
        post: operations["post_banks_bank_disconnect"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/banks/{bank}/refresh": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Read a connected bank now */
        post: operations["post_banks_bank_refresh"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/billers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Billers whose bills can be paid, by category */
        get: operations["get_billers"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/bills/fetch": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Ask a biller for the caller's bill */
        post: operations["post_bills_fetch"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/bills/pay": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Pay a bill from the wallet */
        post: operations["post_bills_pay"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/cashbook": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The caller's income and expenses, whoever tells of them, each once */
        get: operations["get_cashbook"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/cashbook/statements": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** A bank's statement from a file (CSV, OFX or PDF) */
        post: operations["post_cashbook_statements"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/cashbook/{day}/{entry}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Say what a movement was for, or that it does not count */
        post: operations["post_cashbook_day_entry"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/chat/pin/{token}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The page on which a large payment of a chat is confirmed with a PIN */
        get: operations["get_chat_pin_token"];
        put?: never;
        /** Give the PIN, or set one */
        post: operations["post_chat_pin_token"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/earnings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What platforms tell of the caller's days */
        get: operations["get_earnings"];
        put?: never;
        /** What platforms paid, from a file (CSV) */
        post: operations["post_earnings"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The feed without a socket: server-sent events, or a long poll */
        get: operations["get_events"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/files": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Where to upload a file that is to be sent in a room */
        post: operations["post_files"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/findings/{id}/dismiss": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Say that it is nothing */
        post: operations["post_findings_id_dismiss"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/findings/{id}/dispute": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** A letter to the platform that paid too little */
        post: operations["post_findings_id_dispute"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/insights": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What lies ahead: bills, days until short, days that count; and what does not add up */
        get: operations["get_insights"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/notifications": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What came to the caller, newest first */
        get: operations["get_notifications"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/notifications/deliveries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What became of the caller's notices, by channel, newest first */
        get: operations["get_notifications_deliveries"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/notifications/email": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Set an e-mail address, which gets a code */
        post: operations["post_notifications_email"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/notifications/email/leave/{token}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The page that the link in an e-mail leads to, to end such mails */
        get: operations["get_notifications_email_leave_token"];
        put?: never;
        /** End e-mails of a kind, with one press (RFC 8058) */
        post: operations["post_notifications_email_leave_token"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/notifications/email/verify": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Prove an e-mail address by its code */
        post: operations["post_notifications_email_verify"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/notifications/preferences": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What the caller wants to be told, by which channel, and when */
        get: operations["get_notifications_preferences"];
        put?: never;
        /** Set it */
        post: operations["post_notifications_preferences"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/notifications/push/devices": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The devices that the caller gets pushes on */
        get: operations["get_notifications_push_devices"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/notifications/push/subscribe": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Get pushes on a device */
        post: operations["post_notifications_push_subscribe"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/notifications/push/unsubscribe": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Get none on it any more */
        post: operations["post_notifications_push_unsubscribe"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/notifications/push/vapid-key": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What a browser subscribes to pushes with */
        get: operations["get_notifications_push_vapid_key"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/notifications/read": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Mark some of it, or all, as read */
        post: operations["post_notifications_read"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/notifications/seen": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Say that a notice was seen */
        post: operations["post_notifications_seen"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/notifications/unread": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How much of it was not read yet */
        get: operations["get_notifications_unread"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/notifications/{channel}/bulk": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The caller's campaigns by this channel, newest first */
        get: operations["get_notifications_channel_bulk"];
        put?: never;
        /** Tell many users something, by this channel and at a pace */
        post: operations["post_notifications_channel_bulk"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/notifications/{channel}/bulk/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A campaign and how far it is */
        get: operations["get_notifications_channel_bulk_id"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/notifications/{channel}/bulk/{id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Tell nobody more, and take back what has not gone out */
        post: operations["post_notifications_channel_bulk_id_cancel"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/notifications/{channel}/bulk/{id}/pause": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Tell nobody more for now */
        post: operations["post_notifications_channel_bulk_id_pause"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/notifications/{channel}/bulk/{id}/recipients": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What became of each recipient of a campaign */
        get: operations["get_notifications_channel_bulk_id_recipients"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/notifications/{channel}/bulk/{id}/report": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The same of all of them, as CSV */
        get: operations["get_notifications_channel_bulk_id_report"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/notifications/{channel}/bulk/{id}/resume": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Go on */
        post: operations["post_notifications_channel_bulk_id_resume"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/notifications/{channel}/check": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Whether an address can be written to by this channel */
        post: operations["post_notifications_channel_check"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/notifications/{channel}/history/{user}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What a user was told by this channel, newest first */
        get: operations["get_notifications_channel_history_user"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/notifications/{channel}/send": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Tell one user something, by this channel */
        post: operations["post_notifications_channel_send"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/notifications/{channel}/stats": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What became of a channel's deliveries, by provider */
        get: operations["get_notifications_channel_stats"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/notifications/{channel}/template": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The templates that go by this channel, and what they take */
        get: operations["get_notifications_channel_template"];
        put?: never;
        /** How a template reads when it is filled in */
        post: operations["post_notifications_channel_template"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/ops/audit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What operators did by hand, newest first */
        get: operations["get_ops_audit"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/ops/audit/proof": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Whether the log of that is as it was written */
        get: operations["get_ops_audit_proof"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/ops/chats": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Chats with the assistant that wait for a person, the oldest first */
        get: operations["get_ops_chats"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/ops/chats/{user}/{door}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One of them, and what was written */
        get: operations["get_ops_chats_user_door"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/ops/chats/{user}/{door}/close": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Give the chat back to the assistant */
        post: operations["post_ops_chats_user_door_close"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/ops/chats/{user}/{door}/reply": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Write to the user */
        post: operations["post_ops_chats_user_door_reply"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/ops/chats/{user}/{door}/turns": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What the assistant decided in a chat, in a chain of hashes */
        get: operations["get_ops_chats_user_door_turns"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/ops/dead-letters": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Dead letters of every queue, and what a re-drive would do */
        get: operations["get_ops_dead_letters"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/ops/dead-letters/{queue}/redrive": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Send dead letters back that it helps, or one by name */
        post: operations["post_ops_dead_letters_queue_redrive"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/ops/erasures/{user}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How far a user's erasure is, and what is held */
        get: operations["get_ops_erasures_user"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/ops/erasures/{user}/parts/{part}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Open a part of what is held, for a reason */
        post: operations["post_ops_erasures_user_parts_part"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/ops/float/explain": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Take what is unexplained in the payout account as explained */
        post: operations["post_ops_float_explain"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/ops/ledger": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** System balances and the last check of the ledger */
        get: operations["get_ops_ledger"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/ops/live": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Connections, users, frames and lag of the live side */
        get: operations["get_ops_live"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/ops/publications": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Publish on a topic, to everybody, or to one user */
        post: operations["post_ops_publications"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/ops/publications/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A publication, and how many were told */
        get: operations["get_ops_publications_id"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/ops/publications/{id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Stop telling it */
        post: operations["post_ops_publications_id_cancel"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/ops/reconciliation": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Reports of ledger, provider and bank, the newest day first */
        get: operations["get_ops_reconciliation"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/ops/reconciliation/{day}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One day's report, with a reason for each difference */
        get: operations["get_ops_reconciliation_day"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/ops/reports": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Messages that members have reported */
        get: operations["get_ops_reports"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/ops/reports/{id}/close": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Take a report as dealt with */
        post: operations["post_ops_reports_id_close"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/ops/suspense": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Payments that belong to no order of ours */
        get: operations["get_ops_suspense"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/ops/suspense/{id}/assign": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Credit a suspense payment to a user */
        post: operations["post_ops_suspense_id_assign"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/ops/users/{id}/role": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Give a user a role */
        post: operations["post_ops_users_id_role"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/ops/webhooks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Stored webhooks, newest first */
        get: operations["get_ops_webhooks"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/ops/webhooks/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One stored webhook and what came of it */
        get: operations["get_ops_webhooks_id"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/ops/webhooks/{id}/replay": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Work on a stored webhook again */
        post: operations["post_ops_webhooks_id_replay"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/organisation/members": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Its members, in the order in which they came */
        get: operations["get_organisation_members"];
        put?: never;
        /** Invite a user to the caller's organisation */
        post: operations["post_organisation_members"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/organisation/members/{user}/remove": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** End a user's membership, or an invitation */
        post: operations["post_organisation_members_user_remove"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/organisations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The organisations that have invited the caller */
        get: operations["get_organisations"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/organisations/{id}/join": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Become a member of one */
        post: operations["post_organisations_id_join"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/organisations/{id}/leave": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Leave one, or turn its invitation down */
        post: operations["post_organisations_id_leave"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/panic": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Stop everything that spends, at once */
        post: operations["post_panic"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/panic/lift": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Undo a panic with a fresh one-time password */
        post: operations["post_panic_lift"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/payees": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The caller's payees */
        get: operations["get_payees"];
        put?: never;
        /** Add a UPI id or bank account to pay out to */
        post: operations["post_payees"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/payees/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One payee and its validation */
        get: operations["get_payees_id"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/payments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The caller's payments, newest first */
        get: operations["get_payments"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/payments/orders": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Open a payment order that a customer pays by UPI */
        post: operations["post_payments_orders"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/payments/verify": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Report what the checkout returned */
        post: operations["post_payments_verify"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/payments/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One payment */
        get: operations["get_payments_id"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/payments/{id}/refunds": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Give a payment back, in full or part */
        post: operations["post_payments_id_refunds"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/payments/{id}/upi": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Links and a QR code that UPI apps open to pay an order */
        get: operations["get_payments_id_upi"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/payout-batches": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Pay many payees from the organisation's account (JSON or CSV) */
        post: operations["post_payout_batches"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/payout-batches/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A batch and its counts */
        get: operations["get_payout_batches_id"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/payout-batches/{id}/lines": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A batch, line by line */
        get: operations["get_payout_batches_id_lines"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/payouts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The caller's payouts, newest first */
        get: operations["get_payouts"];
        put?: never;
        /** Cash out to a UPI id or bank account */
        post: operations["post_payouts"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/payouts/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One payout */
        get: operations["get_payouts_id"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/payouts/{id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Cancel a payout that has not been sent */
        post: operations["post_payouts_id_cancel"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/platforms": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Gig platforms that can be connected, and how those stand that are */
        get: operations["get_platforms"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/platforms/{platform}/connect": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** A link to a gig platform, where the caller agrees */
        post: operations["post_platforms_platform_connect"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/platforms/{platform}/disconnect": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** End a connection, at once */
        post: operations["post_platforms_platform_disconnect"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/platforms/{platform}/refresh": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Read a connected platform now */
        post: operations["post_platforms_platform_refresh"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/privacy/consents": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What the caller has agreed to, with the proof of it */
        get: operations["get_privacy_consents"];
        put?: never;
        /** Agree to a purpose, or take that back */
        post: operations["post_privacy_consents"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/privacy/contact": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Whom to write to about one's data */
        get: operations["get_privacy_contact"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/privacy/erasure": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Close the account for good and erase its data, with a fresh one-time password */
        post: operations["post_privacy_erasure"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/privacy/exports": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How far it is */
        get: operations["get_privacy_exports"];
        put?: never;
        /** Have a copy made of everything, with a fresh one-time password */
        post: operations["post_privacy_exports"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/privacy/exports/{id}/{part}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A part of it, as a ZIP of JSON and CSV */
        get: operations["get_privacy_exports_id_part"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/privacy/notices": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What data is used for, purpose by purpose, in the reader's language */
        get: operations["get_privacy_notices"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/realtime/tickets": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** A single-use ticket to open a socket with */
        post: operations["post_realtime_tickets"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/refunds/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One refund */
        get: operations["get_refunds_id"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/rooms": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The caller's rooms, and how much of each is unread */
        get: operations["get_rooms"];
        put?: never;
        /** Open a room with somebody, or make a group */
        post: operations["post_rooms"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/rooms/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A room, its members, and how far each has read */
        get: operations["get_rooms_id"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/rooms/{id}/join": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Join an open group */
        post: operations["post_rooms_id_join"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/rooms/{id}/leave": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Leave a group */
        post: operations["post_rooms_id_leave"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/rooms/{id}/members": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Bring somebody into a group of one's own */
        post: operations["post_rooms_id_members"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/rooms/{id}/members/{user}/remove": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Take somebody out of a group of one's own */
        post: operations["post_rooms_id_members_user_remove"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/rooms/{id}/messages": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What was written, newest first */
        get: operations["get_rooms_id_messages"];
        put?: never;
        /** Write a message, or attach a transfer */
        post: operations["post_rooms_id_messages"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/rooms/{id}/messages/{message}/delete": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Delete a message */
        post: operations["post_rooms_id_messages_message_delete"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/rooms/{id}/messages/{message}/edit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Change one's own message */
        post: operations["post_rooms_id_messages_message_edit"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/rooms/{id}/messages/{message}/files/{file}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Where to fetch a file of a message from */
        get: operations["get_rooms_id_messages_message_files_file"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/rooms/{id}/messages/{message}/report": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Have operators look at a message */
        post: operations["post_rooms_id_messages_message_report"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/rooms/{id}/read": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Mark what was delivered and read */
        post: operations["post_rooms_id_read"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/sms/batch": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Messages of banks, cards and wallets from the caller's phone, to be read */
        post: operations["post_sms_batch"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/social": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Whom the caller has blocked, and who sees whether they are there */
        get: operations["get_social"];
        put?: never;
        /** Set who sees whether the caller is there */
        post: operations["post_social"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/social/block/{user}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Block somebody */
        post: operations["post_social_block_user"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/social/unblock/{user}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Unblock somebody */
        post: operations["post_social_unblock_user"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/standing-payments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The caller's standing payments */
        get: operations["get_standing_payments"];
        put?: never;
        /** Pay the same to the same every day, week or month */
        post: operations["post_standing_payments"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/standing-payments/{id}/end": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** End one */
        post: operations["post_standing_payments_id_end"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/summary": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Whether and when the caller is told of their day */
        get: operations["get_summary"];
        put?: never;
        /** Set it */
        post: operations["post_summary"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/sync": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** What was noted in an app, with or without a net */
        post: operations["post_sync"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/transactions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The caller's money movements, newest first */
        get: operations["get_transactions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/transactions/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One movement, explained: posting, fact, cause */
        get: operations["get_transactions_id"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/transfers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Send money to another user, at once or as a hold */
        post: operations["post_transfers"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/transfers/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One transfer */
        get: operations["get_transfers_id"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/transfers/{id}/post": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Post a held transfer, in full or part */
        post: operations["post_transfers_id_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/transfers/{id}/void": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Give a held transfer back */
        post: operations["post_transfers_id_void"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/wallet": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The caller's balance */
        get: operations["get_wallet"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/wallet/balance": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The balance as it was at a point in time */
        get: operations["get_wallet_balance"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/wallet/statement": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Entries with running balance and hash chain */
        get: operations["get_wallet_statement"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        AccountBody: {
            /**
             * Format: int64
             * @description In minor units of the currency; below zero where it is overdrawn or owed.
             */
            balance_amount?: number | null;
            /** @description ISO 4217. */
            currency?: string | null;
            id: string;
            masked_number?: string | null;
            name?: string | null;
            /** @description As of when. */
            read_at?: string | null;
            /**
             * @description How it came, the last time that its bank was asked: `read`, `late` (not yet), `denied` (its bank does not deliver it),
             *     `unreadable`, or `lapsed` (what was read may be kept no longer). Of all but the first the balance, where there is one, is as of
             *     `read_at`.
             */
            state: string;
        };
        /**
         * @description What an operator did. `hash` is SHA-256 in hex over its place, `previous_hash` and all that it
         *     says, as `docs/operations.md` has it.
         */
        ActBody: {
            action: string;
            at: string;
            /** @description A user's id. */
            by: string;
            /** @description Whether it was done against that. */
            forced: boolean;
            hash: string;
            /** @description Names the act: it is in the log once, however often it was tried. */
            id: string;
            /** @description Of the entry before it; zeros where it is the first. */
            previous_hash: string;
            /** @description What was known of it when it was done. */
            proof: string;
            request_id: string;
            /**
             * Format: uint64
             * @description Its place in the log: from 1, without gaps.
             */
            seq: number;
            subject: string;
        };
        /** @description One event of a consent artefact. */
        AgreementBody: {
            /** @description The consent's id at the aggregator. */
            agreement_id: string;
            /** @description RFC 3339. */
            at: string;
            /** @description As in `GET /v1/banks`. */
            bank: string;
            /** @enum {string} */
            event: "given" | "paused" | "resumed" | "revoked" | "expired" | "stopped";
            /** @description SHA-256 of this entry and the one before it, in hex. */
            hash: string;
            previous_hash: string;
            /** Format: uint64 */
            seq: number;
            /** @description What was agreed to; where it was given. */
            terms?: components["schemas"]["TermsBody"] | null;
        };
        /**
         * Format: int64
         * @description Minor units (paise): INR 1.50 is 150.
         */
        Amount: number;
        /** @description `announcement` */
        Announcement: {
            text?: components["schemas"]["Line"] | null;
            title: components["schemas"]["Line"];
        };
        AssignRequest: {
            user_id: string;
        };
        AttachedBody: {
            /**
             * Format: int64
             * @description In paise.
             */
            amount: number;
            id: string;
            status: string;
        };
        /** @description The balance as it was at a moment. */
        BalanceBody: {
            account_id: string;
            at: string;
            /** Format: int64 */
            available_amount: number;
            /** Format: int64 */
            balance_amount: number;
            currency: components["schemas"]["Currency"];
            /** Format: int64 */
            held_amount: number;
        };
        /** @description A bank that can be connected, and what is seen of it where it is. */
        BankBody: {
            accounts: components["schemas"]["AccountBody"][];
            bank: string;
            name: string;
            /** @description As of when. */
            read_at?: string | null;
            /**
             * @description `available`, `not_here` (this deployment has no access to it), `discontinued`, or that of the connection:
             *     `linking`, `granted`, `active`, `interrupted`, `revoking`, `revoked`, `failed`.
             */
            status: string;
            /**
             * @description What is wrong, where something is: `declined`, `link_expired`, `sign_in_again`, `consent_ended`, `paused`,
             *     `withdrawn`, `bank_down`, `no_accounts`, `discontinued`.
             */
            trouble?: string | null;
        };
        BanksBody: {
            items: components["schemas"]["BankBody"][];
        };
        BatchBody: {
            created_at: string;
            currency: components["schemas"]["Currency"];
            id: string;
            /** Format: uint32 */
            lines: number;
            /** Format: uint32 */
            lines_paid: number;
            note?: string | null;
            /** Format: int64 */
            paid_amount: number;
            /** @description `accepted`, `running` or `completed`. */
            status: string;
            /** Format: int64 */
            total_amount: number;
            updated_at: string;
        };
        BillBody: {
            /**
             * Format: int64
             * @description `None` where the biller has only confirmed its customer: the amount is free.
             */
            amount?: number | null;
            bill_ref: string;
            currency: components["schemas"]["Currency"];
            customer_name?: string | null;
            due_on?: string | null;
            /** @description `ready`, or `processing`: then ask again with `bill_ref`. */
            status: string;
        };
        BillBody2: {
            /**
             * Format: int64
             * @description As it usually is.
             */
            amount: number;
            /** Format: uint8 */
            confidence_percent: number;
            due_on: string;
            /** @description `week`, `fortnight`, `four_weeks`, `month` or `quarter`. */
            every: string;
            /** @description Who is paid, or what for. */
            name: string;
            what: string;
        };
        BillerBody: {
            /** @description `required`, `optional` or `none`: whether a bill is fetched before it is paid. */
            fetch: string;
            id: string;
            name: string;
            /** @description What the biller knows its customer by. */
            params: components["schemas"]["ParamBody"][];
        };
        BillersBody: {
            items: components["schemas"]["BillerBody"][];
        };
        BreakBody: {
            /** Format: uint64 */
            seq: number;
            /**
             * @description `missing`, `changed`, `out_of_order`, `forked` (another past, or another head) or `cut_off`
             *     (what was in the log already is behind its end).
             */
            why: string;
        };
        /** @description What many are told, and how fast. */
        BulkRequest: {
            /** @description What is filled in for everybody. */
            data?: components["schemas"]["Data"];
            /**
             * Format: uint32
             * @description For how long it is news from its beginning, in seconds; three days unless given.
             */
            expires_in_s?: number | null;
            /**
             * @description To all members of the caller's organisation, as they are now.
             * @default false
             */
            members: boolean;
            /** @description What its maker calls it. */
            name: string;
            /**
             * Format: uint32
             * @description The most recipients of a minute; 600 unless given.
             */
            per_minute?: number | null;
            /** @enum {string|null} */
            priority?: "low" | "normal" | "high" | "critical" | null;
            /** @description Up to 10,000, each once. */
            recipients?: components["schemas"]["RecipientRequest"][] | null;
            /** @description When it begins. RFC 3339; at once unless given. */
            start_at?: components["schemas"]["Instant"] | null;
            template: string;
        } & ({
            /** @constant */
            members?: false;
        } | {
            /** @constant */
            members: true;
            recipients?: null;
        });
        /** @description One event of a topic or a room. */
        BulletinBody: {
            /** @description RFC 3339. */
            at: string;
            channel: string;
            data: components["schemas"]["BulletinData"];
            /**
             * @description What happened.
             * @enum {string}
             */
            event: "weather.alert" | "market.price" | "crop_health.report" | "zone.demand" | "system.status" | "announcement" | "message.posted" | "message.edited" | "message.deleted" | "message.updated" | "member.joined" | "member.left" | "campaign.progress";
            /** @description Until when it is news. RFC 3339. */
            expires_at: string;
            /** @description The same whenever and wherever it is shown. */
            id: string;
            /**
             * Format: uint64
             * @description The place of the event before it; 0 where it is the first.
             */
            prev_seq: number;
            /** @enum {string} */
            priority: "low" | "normal" | "high" | "critical";
            /**
             * Format: uint64
             * @description Its place on the channel, from 1, without gaps.
             */
            seq: number;
            /** @constant */
            type: "event";
        };
        /** @description By the event's name. */
        BulletinData: components["schemas"]["WeatherAlert"] | components["schemas"]["MarketPrice"] | components["schemas"]["CropReport"] | components["schemas"]["ZoneDemand"] | components["schemas"]["SystemStatus"] | components["schemas"]["Announcement"] | components["schemas"]["MessageBody"] | components["schemas"]["ComingBody"] | components["schemas"]["CampaignProgress"];
        /** @description A campaign. What changes of it is told on the channel `campaign:{id}`. */
        CampaignBody: {
            /** @enum {string} */
            channel: "push" | "whatsapp" | "sms" | "email";
            /** @description RFC 3339. */
            created_at: string;
            /** @description When it was completed or cancelled. RFC 3339. */
            ended_at?: string | null;
            /** @description RFC 3339. */
            expires_at: string;
            id: string;
            name: string;
            /**
             * Format: uint32
             * @description Of them: whose notice is on its way.
             */
            opened: number;
            /**
             * Format: uint32
             * @description Of them: who is no user any more, or not of the organisation.
             */
            passed: number;
            /** Format: uint32 */
            per_minute: number;
            /** @enum {string} */
            priority: "low" | "normal" | "high" | "critical";
            /** Format: uint32 */
            progress_percent: number;
            /**
             * Format: uint32
             * @description Whose turn has come.
             */
            reached: number;
            /** Format: uint32 */
            recipients: number;
            /** @description RFC 3339. */
            start_at: string;
            /** @enum {string} */
            status: "scheduled" | "running" | "paused" | "completed" | "cancelling" | "cancelled";
            template: string;
            /** Format: uint32 */
            template_version: number;
        };
        /** @description How far it is. */
        CampaignProgress: {
            /**
             * Format: uint32
             * @description Of them: whose notice is on its way.
             */
            opened: number;
            /**
             * Format: uint32
             * @description Of them: who is no user any more, or not of the organisation.
             */
            passed: number;
            /** Format: uint32 */
            progress_percent: number;
            /**
             * Format: uint32
             * @description Whose turn has come.
             */
            reached: number;
            /** Format: uint32 */
            recipients: number;
            /** @enum {string} */
            status: "scheduled" | "running" | "paused" | "completed" | "cancelling" | "cancelled";
        };
        /** @enum {string} */
        Card: "authorized" | "declined" | "reversed";
        /** @description `card.activity` */
        CardActivity: {
            /**
             * Format: uint64
             * @description In paise.
             */
            amount: number;
            /** @description Where it was used. */
            merchant: components["schemas"]["Line"];
            /** @default null */
            reason: components["schemas"]["Line"] | null;
            status: components["schemas"]["Card"];
        };
        CashbookBody: {
            currency: components["schemas"]["Currency"];
            /** @description The last day first; a day on which nothing was told is missing. */
            days: components["schemas"]["DayBody"][];
            /** @description By what it was earned with: a platform's code or a category. */
            earned: components["schemas"]["SumBody"][];
            /** Format: int64 */
            expenses_amount: number;
            /** Format: int64 */
            income_amount: number;
            /** @description By category. */
            spent: components["schemas"]["SumBody"][];
            /** @description Earned and not seen to be paid yet, by platform. */
            unpaid: components["schemas"]["SumBody"][];
        };
        CauseBody: {
            /** @description `request`, `webhook`, `provider_answer`, `reconciler`, `deadline` or `operator`. */
            kind: string;
            /** @description The request's id, for a request or an operator's act. */
            request_id?: string | null;
            /** @description The stored webhook, for a webhook. */
            webhook?: components["schemas"]["WebhookCause"] | null;
        };
        /** @description Whether the chain is as it was written. */
        ChainBody: {
            /** Format: uint64 */
            broken_at?: number | null;
            /** Format: uint64 */
            entries: number;
            /** @description Of the last entry, in hex. */
            hash: string;
            is_whole: boolean;
        };
        /** @description The same whether the phone is known or not. */
        ChallengeBody: {
            challenge_id: string;
            /**
             * Format: int64
             * @description Seconds.
             */
            expires_in: number;
        };
        /** @description A notice on one channel. */
        ChannelBody: {
            /**
             * Format: uint32
             * @description How often its provider was called.
             */
            attempts: number;
            /** @enum {string} */
            channel: "push" | "whatsapp" | "sms" | "email";
            delivered_at?: string | null;
            read_at?: string | null;
            /** @description Why it was skipped, or its provider's word for why it failed. */
            reason?: string | null;
            /** @description RFC 3339. */
            sent_at?: string | null;
            /** @enum {string} */
            status: "skipped" | "queued" | "sent" | "failed" | "delivered" | "read";
        };
        /**
         * @description By what a user is told.
         * @enum {string}
         */
        ChannelCode: "push" | "whatsapp" | "sms" | "email";
        /** @description Whether it can be written to. */
        CheckBody: {
            /** @description In the form in which it is kept: a phone in E.164, a domain in small letters. */
            address: string;
            /** @enum {string} */
            channel: "push" | "whatsapp" | "sms" | "email";
            /** @description Whether messages to it came back, or its owner complained, so that nothing is sent there. */
            suppressed: boolean;
            /** @description Whether it is well formed, and of a kind that this channel reaches. */
            valid: boolean;
            /** @description What is wrong with it. */
            why?: string | null;
        };
        CheckBody2: {
            /** Format: uint64 */
            accounts: number;
            /** Format: int64 */
            at_ms: number;
            balanced: boolean;
            /** Format: int64 */
            difference: number;
            /** Format: uint64 */
            entries: number;
            findings: string[];
            /** Format: int64 */
            users_amount: number;
        };
        /** @description An address: a phone, or an e-mail address; for pushes, a user's id. */
        CheckRequest: {
            address: string;
        };
        CheckoutBody: {
            key_id: string;
            order_id?: string | null;
            payment_id?: string | null;
        };
        /** @description Who came or went. */
        ComingBody: {
            user_id: string;
        };
        /** @description A yes or no. Taking a yes back is the same call. */
        ConsentRequest: {
            given: boolean;
            /** @description In which it was shown. */
            lang: string;
            /**
             * Format: uint32
             * @description Of the notice that was shown.
             */
            notice_version: number;
            /** @enum {string} */
            purpose: "service" | "sms" | "bank_data" | "platform_earnings" | "marketing" | "assistant_memory";
        };
        ConsentsBody: {
            /** @description The consent artefacts that were given at an Account Aggregator, and what became of each, the last first; at most a hundred. */
            agreements: components["schemas"]["AgreementBody"][];
            /** @description What was said, the last first; at most a hundred, the others are in the export. */
            history: components["schemas"]["SaidBody"][];
            /** @description Every purpose, agreed to or not. */
            items: components["schemas"]["PurposeBody"][];
            proof: components["schemas"]["ChainBody"];
        };
        /** @description Whom to write to about one's data. */
        ContactBody: {
            address?: string | null;
            /** Format: uint32 */
            answers_at_most_days: number;
            /**
             * Format: uint32
             * @description Within how many days we answer, and by when at the latest.
             */
            answers_within_days: number;
            /** @description Who hears complaints that our answer did not settle. */
            board: string;
            email: string;
            name: string;
            phone?: string | null;
        };
        /** @description What its owner says of an entry. */
        CorrectRequest: {
            nature?: components["schemas"]["NatureBody"] | null;
            /** @description What it is for. The next of the same party is for the same. */
            what?: string | null;
        } | {
            what: string;
        } | {
            nature: string;
        };
        /** @description A room of two, or a group. */
        CreateRoomRequest: {
            /**
             * @description Whether it forgets what is a day old.
             * @default false
             */
            ephemeral: boolean;
            /** @description A group's first members beside its maker. */
            members?: components["schemas"]["UserRef"][] | null;
            /** @description A group's name: 1 to 80 characters. */
            name?: string | null;
            /**
             * @description Whether anybody who has the group's id may join and read all of it.
             * @default false
             */
            open: boolean;
            /** @description The other of two: a user's id, or a phone. */
            with?: components["schemas"]["Person"] | null;
        } & ({
            members?: null;
            name?: null;
            /** @constant */
            open?: false;
            with: string;
        } | {
            name: string;
            with?: null;
        });
        /** @description `crop_health.report` */
        CropReport: {
            advice?: components["schemas"]["Line"] | null;
            crop: components["schemas"]["Line"];
            finding: components["schemas"]["Line"];
            /**
             * Format: uint8
             * @description 0 is dead, 100 is in full health.
             */
            health_percent: number;
        };
        /**
         * @description ISO 4217; the currencies that Kamai holds.
         * @enum {string}
         */
        Currency: "INR";
        /** @description What is filled into a template, by the names of its variables. */
        Data: {
            [key: string]: unknown;
        };
        DayBody: {
            day: string;
            entries: components["schemas"]["EntryBody"][];
            /** Format: int64 */
            expenses_amount: number;
            /** Format: int64 */
            income_amount: number;
            /**
             * @description What is left of movements whose details may no longer be kept: those of an Account Aggregator, once the consent to them
             *     has ended.
             */
            sums: components["schemas"]["DaySumBody"][];
        };
        /** @description One day's report in a list. */
        DayBody2: {
            /** @description India's day, `2026-11-20`. */
            day: string;
            made_at: string;
            /** @description How many differences there are of each reason. */
            reasons: {
                [key: string]: number;
            };
            sums: components["schemas"]["KindBody"][];
        };
        /** @description One day's report in full. */
        DayInFullBody: {
            /** @description India's day, `2026-11-20`. */
            day: string;
            /** @description The largest first. */
            differences: components["schemas"]["DifferenceBody"][];
            /**
             * Format: uint64
             * @description How many are not listed.
             */
            left_out: number;
            made_at: string;
            /** @description How many differences there are of each reason. */
            reasons: {
                [key: string]: number;
            };
            sums: components["schemas"]["KindBody"][];
        };
        /** @description Movements of one day, account and kind, of which no more is kept. */
        DaySumBody: {
            /** @description Its last digits. */
            account?: string | null;
            /** Format: int64 */
            amount: number;
            /** @description `in` or `out`. */
            flow: string;
            /** @description `ordinary`, `own_transfer`, `given_back` or `ignored`: the second and the last count nowhere. */
            nature: string;
            what: string;
        };
        DeadLetterBody: {
            message_id: string;
            /** @description Whether it would do no good, so that it is sent back only by name and with `force`. */
            needs_force: boolean;
            /** @description What a re-drive would do, by the state of the record that it names. */
            redrive_would: string;
            request_id: string;
            sent_at: string;
            /** @description What the message asks for; absent where it is not a message of ours. */
            work?: string | null;
        };
        DeadLetterQueueBody: {
            /**
             * Format: uint64
             * @description About how many there are.
             */
            count: number;
            /** @description Up to fifty or so of them. */
            letters: components["schemas"]["DeadLetterBody"][];
            queue: string;
        };
        DeadLettersBody: {
            queues: components["schemas"]["DeadLetterQueueBody"][];
        };
        /** @description A notice, and what became of it on each channel. */
        DeliveryBody: {
            /** @enum {string} */
            category: "security" | "legal" | "money" | "account" | "insight" | "offer";
            /** @description In the order in which they were tried or passed over. */
            channels: components["schemas"]["ChannelBody"][];
            /** @description What it tells of; of several that are told together, `digest`. */
            event: string;
            /** @description Until when it is news. RFC 3339. */
            expires_at: string;
            notice_id: string;
            /** @description RFC 3339. */
            opened_at: string;
            /** @enum {string} */
            priority: "low" | "normal" | "high" | "critical";
            /**
             * Format: uint64
             * @description The place in the feed that it is about.
             */
            seq?: number | null;
            /** @enum {string} */
            status: "held" | "climbing" | "done";
            /** @description Until when it is held, or its channel has time. RFC 3339. */
            until?: string | null;
            /**
             * @description Why it is held, or how it ended.
             * @enum {string|null}
             */
            why?: "quiet_hours" | "promotional_hours" | "digest" | "rate" | "seen" | "delivered" | "unconfirmed" | "exhausted" | "unreachable" | "switched_off" | "expired" | "digested" | "cancelled" | null;
        };
        /** @enum {string} */
        Demand: "low" | "normal" | "high" | "surge";
        /** @description A device that gets pushes. */
        DeviceBody: {
            /** @description RFC 3339. */
            created_at: string;
            device_id: string;
            /** @enum {string} */
            kind: "fcm_token" | "fcm_fid" | "web";
            name?: string | null;
            /** @description When it last said that it is there, to the day. RFC 3339. */
            seen_at: string;
        };
        DevicesBody: {
            items: components["schemas"]["DeviceBody"][];
        };
        DifferenceBody: {
            bank?: components["schemas"]["SideBody"] | null;
            /** @description Until when it may be on its way. */
            deadline?: string | null;
            kind: string;
            ledger?: components["schemas"]["SideBody"] | null;
            /**
             * Format: int64
             * @description The same for the bank's.
             */
            ledger_less_bank_amount: number;
            /**
             * Format: int64
             * @description By how much the ledger's sum is above the provider's for this, in paise.
             */
            ledger_less_provider_amount: number;
            /** @description Of the statement's line. */
            line_id?: string | null;
            provider?: components["schemas"]["SideBody"] | null;
            provider_id?: string | null;
            /**
             * @description `provider_only`, `ledger_only`, `amount`, `state`, `fee`, `not_on_statement`, `on_its_way`,
             *     `overdue`, `not_ours` or `after_cutoff`.
             */
            reason: string;
            /** @description Our own id. */
            transaction_id?: string | null;
            /** @description The banks' reference. */
            utr?: string | null;
        };
        DisputeBody: {
            finding: components["schemas"]["FindingBody"];
            /** @description To be sent to the platform. */
            letter: string;
        };
        DisputeRequest: {
            /**
             * @description The letter's.
             * @enum {string}
             */
            language: "en" | "hi" | "kn" | "ta" | "te" | "bn" | "mr";
        };
        /**
         * @description Which of our numbers somebody writes to.
         * @enum {string}
         */
        DoorCode: "meta" | "twilio";
        EarnedBody: {
            /**
             * Format: int64
             * @description In hand already.
             */
            cash_amount: number;
            lines: components["schemas"]["LineBody2"][];
            /** Format: uint32 */
            online_minutes?: number | null;
            platform: string;
            /** @description `platform` or `file`. */
            source: string;
            /**
             * Format: int64
             * @description Less than nothing where something was taken back.
             */
            total_amount: number;
            /** Format: uint32 */
            trips?: number | null;
            /**
             * Format: int64
             * @description The part of the total that no line tells of.
             */
            unexplained_amount: number;
        };
        EarningsTaken: {
            /**
             * Format: uint
             * @description Rows that were new, or changed what was known.
             */
            changed: number;
            /** @description What was wrong with the others, by line. They are left out. */
            errors: components["schemas"]["RowError"][];
            /**
             * Format: uint
             * @description Rows of more than two years ago.
             */
            too_old: number;
            /** Format: uint */
            unchanged: number;
        };
        /** @description What platforms paid, as CSV. */
        EarningsUpload: {
            /** @description The file, in base64: at most 3 MB of it. */
            file: string;
            /** @description Whose they are, where a row does not say. */
            platform: string;
        };
        EditRequest: {
            text: string;
        };
        EmailBody: {
            address: string;
            /** @description Whether its owner has proven it. Nothing is sent there before. */
            verified: boolean;
        };
        EmailRequest: {
            /** @description Without one, the address that was set is taken away. */
            email?: string | null;
        };
        /** @description A movement of money, and everybody who told of it. */
        EntryBody: {
            /** Format: int64 */
            amount: number;
            at: string;
            day: string;
            /** @description `in` or `out`. */
            flow: string;
            id: string;
            /** @description Who was paid, or paid. */
            name?: string | null;
            /** @description Who says so: `user`, `learned`, `teller`, `rule`, `model` or `nobody`. */
            named_by: string;
            /** @description `ordinary`, `own_transfer`, `given_back` or `ignored`: the second and the last count nowhere. */
            nature: string;
            /**
             * Format: int64
             * @description What a platform says that it paid beyond what came.
             */
            shortfall_amount?: number | null;
            told_by: components["schemas"]["SightingBody"][];
            /** @description Empty where nobody knows. */
            what: string;
        };
        /**
         * @description One line of a statement. `hash` is SHA-256 in hex over `prev_hash`, the account id and the
         *     fields below, one a line; `docs/ledger.md` says how to verify a statement by oneself.
         */
        EntryBody2: {
            /**
             * Format: int64
             * @description Above zero came in, below zero went out.
             */
            amount: number;
            at: string;
            /** Format: int64 */
            balance_after: number;
            counterparty: string;
            currency: components["schemas"]["Currency"];
            description: string;
            hash: string;
            /** Format: uint64 */
            number: number;
            prev_hash: string;
            reason: string;
            transaction_id: string;
        };
        /** @description One event of a feed. */
        EventBody: {
            /** @description RFC 3339. */
            at: string;
            channel: string;
            data: components["schemas"]["EventData"];
            /**
             * @description What happened.
             * @enum {string}
             */
            event: "account.opened" | "account.paused" | "account.resumed" | "account.closed" | "payment.captured" | "payment.failed" | "refund.requested" | "refund.processed" | "refund.failed" | "transfer.held" | "transfer.sent" | "transfer.received" | "transfer.voided" | "transfer.expired" | "payout.opened" | "payout.cooling" | "payout.sent" | "payout.processed" | "payout.failed" | "payout.reversed" | "payout.cancelled" | "security.log_in" | "batch.opened" | "batch.completed" | "payment.assigned" | "limit.exceeded" | "kyc.status" | "card.activity" | "announcement" | "organisation.invited";
            /** @description Until when it is news. RFC 3339. */
            expires_at: string;
            /** @description The same whenever and wherever it is shown. */
            id: string;
            /**
             * Format: uint64
             * @description The place of the event before it on this channel; 0 where it is the first.
             */
            prev_seq: number;
            /** @enum {string} */
            priority: "low" | "normal" | "high" | "critical";
            /**
             * Format: uint64
             * @description Its place in the user's feed, from 1, without gaps.
             */
            seq: number;
            /** @constant */
            type: "event";
        };
        /** @description The balance after the event, and what it was about. Amounts in paise. */
        EventData: {
            account_id: string;
            /** Format: int64 */
            amount?: number | null;
            /** Format: int64 */
            available_amount: number;
            /** Format: int64 */
            balance_amount: number;
            counterparty?: string | null;
            currency: string;
            /** @enum {string|null} */
            direction?: "in" | "out" | null;
            /** Format: int64 */
            held_amount: number;
            note?: string | null;
            /**
             * Format: uint8
             * @description How far the transaction has come, in percent; 100 is its end.
             */
            progress_percent?: number | null;
            /** @description Why it failed or waits. */
            reason?: string | null;
            /** @description The banks' reference. */
            reference?: string | null;
            /** @description The transaction's, after this event. */
            status?: string | null;
            /** @description Of an announcement. */
            title?: string | null;
            transaction_id?: string | null;
        };
        /** @description What came, oldest first. */
        EventsBody: {
            items: components["schemas"]["Shown"][];
            /** @description False where there is more to fetch at once. */
            recovered: boolean;
            /**
             * Format: uint64
             * @description Send it as `after_seq` the next time.
             */
            seq: number;
        };
        ExplainRequest: {
            /**
             * Format: int64
             * @description As the last look has it, so that nothing else is explained with it.
             */
            unexplained_amount: number;
            /** @description What it was. */
            why: string;
        };
        /** @description What happened to the user's money, as the feed tells it. */
        ExplainedFact: {
            /** Format: int64 */
            amount?: number | null;
            at: string;
            /** Format: int64 */
            balance_amount: number;
            cause: components["schemas"]["CauseBody"];
            counterparty?: string | null;
            currency: components["schemas"]["Currency"];
            /** @description `in` or `out`. */
            direction?: string | null;
            entries: components["schemas"]["EntryBody2"][];
            event: string;
            event_id: string;
            /** Format: int64 */
            held_amount: number;
            note?: string | null;
            reference?: string | null;
            /** Format: uint64 */
            seq: number;
            status?: string | null;
            transaction_id?: string | null;
        };
        /** @description One movement explained: what was posted, by which facts, and what caused each. */
        ExplanationBody: {
            facts: components["schemas"]["ExplainedFact"][];
            /** @description `transfer`, `payout`, `payment`, `refund`, `batch` or `assigned_payment`. */
            kind: string;
            transaction_id: string;
        };
        /** @description A copy of everything that is kept of the caller. */
        ExportBody: {
            /** @description RFC 3339. */
            asked_at: string;
            /** @description From then on it is gone. RFC 3339. */
            expires_at: string;
            id: string;
            /** @description What there is to fetch, by the session that asked for it. */
            parts: components["schemas"]["ExportPartBody"][];
            /**
             * Format: uint64
             * @description How many rows are in it.
             */
            rows: number;
            /** @description `making` or `ready`. */
            status: string;
        };
        /** @description A ZIP with each kind of data as JSON, and once more as CSV. */
        ExportPartBody: {
            /** Format: uint64 */
            bytes: number;
            /** Format: uint32 */
            part: number;
            path: string;
        };
        FailureBody: {
            code: string;
            detail: string;
        };
        FetchRequest: {
            /** @description Of a fetch that was still processing, to ask for its answer. */
            bill_ref?: string | null;
            biller_id: string;
            /** @description By the names that the biller gives them. */
            params: {
                [key: string]: string;
            };
        };
        /** @description One part of the input that has to be mended. */
        FieldError: {
            detail: string;
            /** @description JSON pointer into the body (RFC 6901), or `/name` of a query parameter. Empty for the whole. */
            pointer: string;
        };
        FileBody: {
            /** Format: uint64 */
            bytes: number;
            content_type: string;
            id: string;
            name: string;
        };
        /** @description A file of the caller's that was uploaded within the last day. */
        FileRef: string;
        /** @description A file that is about to be uploaded. */
        FileRequest: {
            /** Format: uint64 */
            bytes: number;
            /** @enum {string} */
            content_type: "image/jpeg" | "image/png" | "image/webp" | "application/pdf" | "audio/ogg" | "audio/mpeg" | "video/mp4" | "text/csv";
            /** @description What it is called, for those who see it: 1 to 120 characters. */
            name: string;
        };
        /** @description Money that a platform owes, as far as it is known here. */
        FindingBody: {
            /** Format: int64 */
            came_amount: number;
            from: string;
            /** @description `payment`: less came than it states; `week`: less than was earned; `unexplained`: less than its lines come to. */
            gap: string;
            id: string;
            /** Format: int64 */
            missing_amount: number;
            opened_at: string;
            platform: string;
            /** Format: int64 */
            stated_amount: number;
            /** @description `open`, `disputed`, `dismissed` or `settled`. */
            status: string;
            to: string;
        };
        /** @description Amounts in paise. */
        FloatBody: {
            at: string;
            /**
             * Format: int64
             * @description What lies in the payout account, as the provider says.
             */
            at_provider_amount: number;
            /**
             * Format: int64
             * @description What users are owed: wallets, batches on their way, suspense.
             */
            owed_amount: number;
            /** Format: int64 */
            payouts_in_flight_amount: number;
            /** Format: int64 */
            settlement_pending_amount: number;
            /**
             * Format: int64
             * @description What is owed beyond all that.
             */
            shortfall_amount: number;
            /**
             * Format: int64
             * @description What the payout account is off from what our books say of it.
             */
            unexplained_amount: number;
        };
        /** @enum {string} */
        FlowBody: "in" | "out";
        /** @description A chat that waits for a person, or waited. */
        HandOffBody: {
            closed_at?: string | null;
            door: components["schemas"]["DoorCode"];
            /** @description The oldest first; numbers and addresses in what the user wrote are left out. */
            lines: components["schemas"]["HandOffLineBody"][];
            opened_at: string;
            user_id: string;
        };
        HandOffLineBody: {
            at: string;
            by: components["schemas"]["SideCode"];
            text: string;
        };
        /** @enum {string} */
        Health: "operational" | "maintenance" | "degraded" | "outage";
        /** @description What is held of somebody who was erased. */
        HeldBody: {
            /** @description RFC 3339. */
            asked_at: string;
            /** @description Until then a sealed copy is held, as the law wants; then the only key to it is destroyed. RFC 3339. */
            held_until: string;
            /**
             * Format: uint
             * @description How many there are to open.
             */
            parts: number;
            /**
             * @description How far it is: out of use from the first step on.
             * @enum {string}
             */
            status: "asked" | "sealed" | "removed" | "held" | "destroyed";
            /** @description What stays for longer, and why. */
            stays: string;
            user_id: string;
        };
        /** @description Local times; a part of each day that may reach across midnight. */
        HoursBody: {
            from: string;
            to: string;
        };
        InsightsBody: {
            /** @description Payments that come back, the next one first. */
            bills: components["schemas"]["BillBody2"][];
            currency: components["schemas"]["Currency"];
            /** @description What does not add up, the latest first. */
            findings: components["schemas"]["FindingBody"][];
            of_month: components["schemas"]["TotalsBody"];
            of_today: components["schemas"]["TotalsBody"];
            /** @description From Monday on. */
            of_week: components["schemas"]["TotalsBody"];
            pay_cuts: components["schemas"]["PayCutBody"][];
            /** @description What lies ahead; missing where too little is known. */
            runway?: components["schemas"]["RunwayBody"] | null;
            social_security: components["schemas"]["SocialSecurityBody"];
            /** @description In India. */
            today: string;
            /** @description Debits of the last days that stand out. */
            unusual: components["schemas"]["UnusualBody"][];
        };
        /**
         * Format: date-time
         * @description A point in time. RFC 3339.
         */
        Instant: string;
        InviteRequest: {
            user: components["schemas"]["Person"];
        };
        Jwk: {
            alg: string;
            crv: string;
            kid: string;
            kty: string;
            use: string;
            x: string;
            y: string;
        };
        Jwks: {
            keys: components["schemas"]["Jwk"][];
        };
        /** @description What each side counts of one kind of movement within the day. */
        KindBody: {
            /** @description Absent where the kind does not go through the payout account. */
            bank?: components["schemas"]["SumBody2"] | null;
            /** @description `payment`, `refund`, `payout`, `reversal` or `transfer`. */
            kind: string;
            ledger: components["schemas"]["SumBody2"];
            provider: components["schemas"]["SumBody2"];
        };
        /** @enum {string} */
        Kyc: "pending" | "verified" | "rejected" | "expired";
        /** @description `kyc.status` */
        KycStatus: {
            /**
             * @description For the user: what is missing, or what comes next.
             * @default null
             */
            reason: components["schemas"]["Line"] | null;
            status: components["schemas"]["Kyc"];
        };
        LastBody: {
            on: string;
            /** @description `paid`, `short_of_money`, `refused` or `missed`. */
            result: string;
        };
        /**
         * @description Percentiles are told as what they do not exceed, to within 60 percent; `null` where that is more than a
         *     day, or there are no samples.
         */
        LatencyBody: {
            /** Format: int64 */
            p50_ms?: number | null;
            /** Format: int64 */
            p95_ms?: number | null;
            /** Format: int64 */
            p99_ms?: number | null;
            /** Format: uint64 */
            samples: number;
        };
        LedgerBody: {
            /** @description What users are owed, and what covers it; absent before the first look. */
            float?: components["schemas"]["FloatBody"] | null;
            last_check?: components["schemas"]["CheckBody2"] | null;
            /** @description Balances of the platform's own accounts, in paise, as folded by now. */
            system: {
                [key: string]: number;
            };
        };
        /** @description Plain text for a person: 1 to 500 characters without control characters. Whoever shows it escapes it. */
        Line: string;
        LineBody: {
            /** Format: int64 */
            amount: number;
            /** Format: uint32 */
            number: number;
            payee: string;
            payout_id?: string | null;
            reason?: string | null;
            reference?: string | null;
            /** @description `waiting`, `opened`, `paid`, `failed` or `returned`. */
            status: string;
        };
        LineBody2: {
            /** Format: int64 */
            amount: number;
            /** @description `base`, `incentive`, `tips`, `surge`, `tolls`, `deductions`, `penalties` or `other`. */
            kind: string;
        };
        LineRequest: {
            amount: components["schemas"]["Amount"];
            payee: components["schemas"]["PayeeBody"];
            /** @description The organisation's own reference. */
            reference?: string | null;
        };
        LinkBody: {
            /** Format: int64 */
            expires_in: number;
            /** @description The page at which the caller agrees: theirs alone, and good for ten minutes. */
            url: string;
        };
        /** @description Where a file is fetched from, without a token of ours. */
        LinkBody2: {
            /**
             * Format: uint32
             * @description In seconds.
             */
            expires_in: number;
            url: string;
        };
        /** @description The live side as it is now. */
        LiveBody: {
            /** @description RFC 3339. */
            at: string;
            /** @description False where there was more than one look reads. */
            complete: boolean;
            /**
             * Format: uint64
             * @description Open sockets.
             */
            connections: number;
            /**
             * Format: uint64
             * @description Events of feeds that were shown within the last two to three minutes.
             */
            events_shown: number;
            /**
             * Format: uint64
             * @description From their commit to their post, on average; `null` where none was shown.
             */
            lag_ms_mean?: number | null;
            /**
             * Format: uint64
             * @description Publications that are being told.
             */
            publications_running: number;
            /**
             * Format: uint64
             * @description Of them, those that have sent no ping lately: gone without a word, or an app that sends none.
             */
            silent_connections: number;
            /** Format: uint64 */
            subscriptions: number;
            /** Format: uint64 */
            users: number;
        };
        /** @description What has been read: some places, or all up to one. Marking again what is read changes nothing. */
        MarkRequest: {
            seqs?: number[] | null;
            /** Format: uint64 */
            through_seq?: number | null;
        } & ({
            seqs: unknown[];
            through_seq?: null;
        } | {
            seqs?: null;
            through_seq: number;
        });
        /** @description `market.price` */
        MarketPrice: {
            /**
             * Format: int32
             * @description Against the day before, in hundredths of a percent.
             */
            change_basis_points?: number | null;
            /** @description Where it was paid. */
            market: components["schemas"]["Line"];
            /**
             * Format: uint64
             * @description In paise, for one unit.
             */
            price_amount: number;
            unit: components["schemas"]["PriceUnit"];
        };
        MemberBody: {
            /**
             * Format: uint64
             * @description What has reached one of their devices.
             */
            delivered_through_seq: number;
            /** Format: uint64 */
            read_through_seq: number;
            /** @enum {string} */
            role: "owner" | "member";
            user_id: string;
        };
        MemberRequest: {
            user_id: string;
        };
        /** @description A user's place in an organisation. */
        MembershipBody: {
            /** @description Since when it is as it is. RFC 3339. */
            changed_at: string;
            /** @description RFC 3339. */
            invited_at: string;
            /** @description The user who runs it. */
            organisation_id: string;
            /** @enum {string} */
            status: "invited" | "joined" | "left";
            user_id: string;
        };
        /** @description A message as it stands. */
        MessageBody: {
            /** @description Its sender's own name for it. */
            client_id: string;
            deleted_at?: string | null;
            edited_at?: string | null;
            files?: components["schemas"]["FileBody"][];
            id: string;
            /** @description RFC 3339. */
            posted_at: string;
            room_id: string;
            /**
             * Format: uint64
             * @description Its place in the room.
             */
            seq: number;
            /** @description Plain text: whoever shows it escapes it. Empty where it was deleted. */
            text: string;
            transfer?: components["schemas"]["AttachedBody"] | null;
            /** @description Who wrote it. */
            user_id: string;
        };
        /** @description What happened to the user's money, as the feed tells it. */
        MovementBody: {
            /** Format: int64 */
            amount?: number | null;
            at: string;
            /** Format: int64 */
            balance_amount: number;
            counterparty?: string | null;
            currency: components["schemas"]["Currency"];
            /** @description `in` or `out`. */
            direction?: string | null;
            event: string;
            /** Format: int64 */
            held_amount: number;
            note?: string | null;
            reference?: string | null;
            /** Format: uint64 */
            seq: number;
            status?: string | null;
            transaction_id?: string | null;
        };
        /** @enum {string} */
        NatureBody: "ordinary" | "own_transfer" | "given_back" | "ignored";
        /** @description Money that somebody earned or spent. */
        NoteBody: {
            /**
             * Format: int64
             * @description In paise, above zero.
             */
            amount: number;
            currency: components["schemas"]["Currency"];
            /** @description In India, such as `2026-11-20`: of the last two years. */
            day: string;
            flow: components["schemas"]["FlowBody"];
            /**
             * @description Whether `what` is a platform, which may pay it later.
             * @default false
             */
            is_platform: boolean;
            /** @description A category, or a platform's code. */
            what?: string | null;
        };
        /** @description What somebody is told before they agree. */
        NoticeBody: {
            /** @description Whether it is agreed to here (`here`), or in the chat with the assistant (`chat`). */
            agreed_in: string;
            complaint: string;
            /** @description Each kind of personal data by itself. */
            data: string[];
            /** @description What it makes possible. */
            enables: string;
            /** @description Since which day it is shown. */
            from: string;
            /** @description The same, as the data map names it. */
            items: string[];
            /** @description Which language this is: English where it is not written in the one that was asked for. */
            lang: string;
            /** @description Which there are. */
            languages: string[];
            /** @enum {string} */
            purpose: "service" | "sms" | "bank_data" | "platform_earnings" | "marketing" | "assistant_memory";
            /** @description What it is used for. */
            purpose_text: string;
            /** @description What is lost by a no. */
            refused: string;
            rights: string;
            /** @description SHA-256 of `text`, in hex: what a consent hangs on. */
            sha256: string;
            /** @description All of it, as it is to be shown. */
            text: string;
            title: string;
            /** Format: uint32 */
            version: number;
            /** @description How a yes is taken back. */
            withdraw: string;
        };
        NoticesBody: {
            /** @description Today's notice of each purpose. */
            items: components["schemas"]["NoticeBody"][];
        };
        /** @description An event of the caller's feed, and whether they have read it. */
        NotificationBody: {
            /** @description RFC 3339. */
            at: string;
            channel: string;
            data: components["schemas"]["EventData"];
            /**
             * @description What happened.
             * @enum {string}
             */
            event: "account.opened" | "account.paused" | "account.resumed" | "account.closed" | "payment.captured" | "payment.failed" | "refund.requested" | "refund.processed" | "refund.failed" | "transfer.held" | "transfer.sent" | "transfer.received" | "transfer.voided" | "transfer.expired" | "payout.opened" | "payout.cooling" | "payout.sent" | "payout.processed" | "payout.failed" | "payout.reversed" | "payout.cancelled" | "security.log_in" | "batch.opened" | "batch.completed" | "payment.assigned" | "limit.exceeded" | "kyc.status" | "card.activity" | "announcement" | "organisation.invited";
            /** @description Until when it is news. RFC 3339. */
            expires_at: string;
            /** @description The same whenever and wherever it is shown. */
            id: string;
            /**
             * Format: uint64
             * @description The place of the event before it on this channel; 0 where it is the first.
             */
            prev_seq: number;
            /** @enum {string} */
            priority: "low" | "normal" | "high" | "critical";
            read: boolean;
            /**
             * Format: uint64
             * @description Its place in the user's feed, from 1, without gaps.
             */
            seq: number;
            /** @constant */
            type: "event";
        };
        /** @description What is not wanted, and by which channel. Security and what the law asks for come all the same. */
        OffBody: {
            /** @enum {string} */
            category: "security" | "legal" | "money" | "account" | "insight" | "offer";
            channel: components["schemas"]["ChannelCode"];
        };
        OpenBatch: {
            currency: components["schemas"]["Currency"];
            lines: components["schemas"]["LineRequest"][];
            note?: string | null;
        };
        /** @description Why a held copy of somebody's data is opened. It is in the log of operators' acts for good. */
        OpenHoldRequest: {
            why: string;
        };
        OpenOrder: {
            amount: components["schemas"]["Amount"];
            currency: components["schemas"]["Currency"];
            note?: string | null;
            /**
             * @description Who is to take the customer's money.
             * @default razorpay
             */
            provider: components["schemas"]["Provider"];
        };
        OpenPayout: {
            amount: components["schemas"]["Amount"];
            currency: components["schemas"]["Currency"];
            note?: string | null;
            payee?: components["schemas"]["PayeeBody"] | null;
            /** @description A payee that was added before; or give `payee`. */
            payee_id?: string | null;
        } & ({
            payee?: null;
            payee_id: string;
        } | {
            payee: Record<string, never>;
            payee_id?: null;
        });
        OpenRefund: {
            /** @description All that is left of the payment where not given. */
            amount?: components["schemas"]["Amount"] | null;
            note?: string | null;
            speed?: components["schemas"]["Speed"];
        };
        OpenTransfer: {
            amount: components["schemas"]["Amount"];
            currency: components["schemas"]["Currency"];
            /**
             * Format: int64
             * @description Sets the money aside for so many seconds instead of sending it at once.
             */
            hold_s?: number | null;
            note?: string | null;
            to: components["schemas"]["Recipient"];
        };
        /** @enum {string} */
        OtpChannel: "sms" | "whatsapp";
        OtpRequest: {
            channel?: components["schemas"]["OtpChannel"];
            /** @description `+919812345678`. */
            phone: string;
        };
        /** @description One page of a list. */
        Page: {
            items: components["schemas"]["LineBody"][];
            /** @description Where the next page begins; `null` on the last. */
            next_cursor?: string | null;
        };
        /** @description One page of a list. */
        Page10: {
            items: components["schemas"]["DayBody2"][];
            /** @description Where the next page begins; `null` on the last. */
            next_cursor?: string | null;
        };
        /** @description One page of a list. */
        Page11: {
            items: components["schemas"]["ReportBody"][];
            /** @description Where the next page begins; `null` on the last. */
            next_cursor?: string | null;
        };
        /** @description One page of a list. */
        Page12: {
            items: components["schemas"]["MembershipBody"][];
            /** @description Where the next page begins; `null` on the last. */
            next_cursor?: string | null;
        };
        /** @description One page of a list. */
        Page13: {
            items: components["schemas"]["PayeeReply"][];
            /** @description Where the next page begins; `null` on the last. */
            next_cursor?: string | null;
        };
        /** @description One page of a list. */
        Page14: {
            items: components["schemas"]["PaymentBody"][];
            /** @description Where the next page begins; `null` on the last. */
            next_cursor?: string | null;
        };
        /** @description One page of a list. */
        Page15: {
            items: components["schemas"]["PayoutBody"][];
            /** @description Where the next page begins; `null` on the last. */
            next_cursor?: string | null;
        };
        /** @description One page of a list. */
        Page16: {
            items: components["schemas"]["StandingBody"][];
            /** @description Where the next page begins; `null` on the last. */
            next_cursor?: string | null;
        };
        /** @description One page of a list. */
        Page17: {
            items: components["schemas"]["HandOffBody"][];
            /** @description Where the next page begins; `null` on the last. */
            next_cursor?: string | null;
        };
        /** @description One page of a list. */
        Page18: {
            items: components["schemas"]["RoomBody"][];
            /** @description Where the next page begins; `null` on the last. */
            next_cursor?: string | null;
        };
        /** @description One page of a list. */
        Page19: {
            items: components["schemas"]["MessageBody"][];
            /** @description Where the next page begins; `null` on the last. */
            next_cursor?: string | null;
        };
        /** @description One page of a list. */
        Page2: {
            items: components["schemas"]["CampaignBody"][];
            /** @description Where the next page begins; `null` on the last. */
            next_cursor?: string | null;
        };
        /** @description One page of a list. */
        Page20: {
            items: components["schemas"]["WorkedBody"][];
            /** @description Where the next page begins; `null` on the last. */
            next_cursor?: string | null;
        };
        /** @description One page of a list. */
        Page21: {
            items: components["schemas"]["MovementBody"][];
            /** @description Where the next page begins; `null` on the last. */
            next_cursor?: string | null;
        };
        /** @description One page of a list. */
        Page22: {
            items: components["schemas"]["EntryBody2"][];
            /** @description Where the next page begins; `null` on the last. */
            next_cursor?: string | null;
        };
        /** @description One page of a list. */
        Page3: {
            items: components["schemas"]["RecipientBody"][];
            /** @description Where the next page begins; `null` on the last. */
            next_cursor?: string | null;
        };
        /** @description One page of a list. */
        Page4: {
            items: components["schemas"]["DeliveryBody"][];
            /** @description Where the next page begins; `null` on the last. */
            next_cursor?: string | null;
        };
        /** @description One page of a list. */
        Page5: {
            items: components["schemas"]["TemplateBody"][];
            /** @description Where the next page begins; `null` on the last. */
            next_cursor?: string | null;
        };
        /** @description One page of a list. */
        Page6: {
            items: components["schemas"]["NotificationBody"][];
            /** @description Where the next page begins; `null` on the last. */
            next_cursor?: string | null;
        };
        /** @description One page of a list. */
        Page7: {
            items: components["schemas"]["SuspenseBody"][];
            /** @description Where the next page begins; `null` on the last. */
            next_cursor?: string | null;
        };
        /** @description One page of a list. */
        Page8: {
            items: components["schemas"]["WebhookBody"][];
            /** @description Where the next page begins; `null` on the last. */
            next_cursor?: string | null;
        };
        /** @description One page of a list. */
        Page9: {
            items: components["schemas"]["ActBody"][];
            /** @description Where the next page begins; `null` on the last. */
            next_cursor?: string | null;
        };
        ParamBody: {
            /** Format: uint32 */
            max_length?: number | null;
            /** Format: uint32 */
            min_length?: number | null;
            name: string;
            optional: boolean;
        };
        PayBillRequest: {
            amount: components["schemas"]["Amount"];
            /** @description Of the bill that was fetched; not for a biller that has none. */
            bill_ref?: string | null;
            biller_id: string;
            currency: components["schemas"]["Currency"];
            params: {
                [key: string]: string;
            };
        };
        /** @description A platform pays less for an hour than it did. */
        PayCutBody: {
            /** Format: int64 */
            after_per_hour_amount: number;
            /** Format: int64 */
            before_per_hour_amount: number;
            platform: string;
            since: string;
            /** Format: uint8 */
            sure_percent: number;
        };
        /** @description A UPI id or a bank account, and the name of its holder. */
        PayeeBody: {
            name: string;
            /** @constant */
            type: "vpa";
            vpa: string;
        } | {
            account_number: string;
            ifsc: string;
            name: string;
            /** @constant */
            type: "bank_account";
        };
        PayeeReply: {
            address: string;
            created_at: string;
            first_paid_at?: string | null;
            id: string;
            name: string;
            reason?: string | null;
            /** @description The holder's name as the bank has it, where it told. */
            registered_name?: string | null;
            /** @description `unchecked`, `checking`, `valid` or `invalid`. */
            status: string;
        };
        PaymentBody: {
            /** Format: int64 */
            amount: number;
            captured_at?: string | null;
            created_at: string;
            currency: components["schemas"]["Currency"];
            failure?: string | null;
            id: string;
            note?: string | null;
            /** @description Where an order is paid at PhonePe. */
            phonepe?: components["schemas"]["PhonepeBody"] | null;
            provider: components["schemas"]["Provider"];
            /** @description What Razorpay's checkout needs, of an order that is paid there. */
            razorpay?: components["schemas"]["CheckoutBody"] | null;
            /**
             * Format: int64
             * @description What refunds have taken or set aside.
             */
            refunded_amount: number;
            status: string;
            updated_at: string;
        };
        PayoutBody: {
            /** Format: int64 */
            amount: number;
            /** @description Until when it waits and can be cancelled, where it does. */
            cooling_until?: string | null;
            created_at: string;
            currency: components["schemas"]["Currency"];
            failure?: components["schemas"]["FailureBody"] | null;
            /**
             * Format: int64
             * @description Kamai's fee, beside the amount.
             */
            fee_amount: number;
            id: string;
            note?: string | null;
            payee: string;
            payee_id: string;
            status: string;
            updated_at: string;
            /** @description The bank's reference. */
            utr?: string | null;
        };
        /** @description A user's id, or the phone they log in with. */
        Person: string;
        PhonepeBody: {
            expires_at?: string | null;
            order_id?: string | null;
            /** @description The page to open for the customer. That it sends them back says nothing: the payment's status does. */
            page_url?: string | null;
        };
        /** @description A gig platform that can be connected, and how it stands where it is. What it tells of is in `GET /v1/earnings`. */
        PlatformBody: {
            /** @description Whether the caller drives for a fleet, which is paid in their place: then nothing of what they earn is told here. */
            is_of_fleet: boolean;
            name: string;
            platform: string;
            /** @description As of when. */
            read_at?: string | null;
            /**
             * @description `available`, `not_here` (this deployment has no access to it: most platforms publish no interface for what their
             *     workers earn), or that of the connection: `linking`, `granted`, `active`, `interrupted`, `revoking`, `revoked`, `failed`.
             */
            status: string;
            /**
             * @description What is wrong, where something is: `declined`, `link_expired`, `sign_in_again`, `withdrawn`, `bank_down` (the
             *     platform does not answer).
             */
            trouble?: string | null;
        };
        PlatformsBody: {
            items: components["schemas"]["PlatformBody"][];
        };
        /** @description A message: a text, files, a transfer, or several of these. */
        PostRequest: {
            /** @description The sender's own name for it. The same again is the same message. */
            client_id: string;
            files?: components["schemas"]["FileRef"][];
            /**
             * @description Plain text of up to 4,000 characters; whoever shows it escapes it.
             * @default
             */
            text: string;
            /** @description A transfer between the sender and somebody of the room; its status is kept up to date. */
            transfer_id?: string | null;
        };
        PostTransfer: {
            /** @description All that is held where not given. */
            amount?: components["schemas"]["Amount"] | null;
        };
        PreferencesBody: {
            /** @description When what is not urgent is told, all at once; `null` for each at its time. */
            digest_at?: string | null;
            email?: components["schemas"]["EmailBody"] | null;
            /** @enum {string} */
            language: "en" | "hi" | "kn" | "ta" | "te" | "bn" | "mr";
            off: components["schemas"]["OffBody"][];
            /** @description Whether promotions are wanted. */
            offers: boolean;
            /** @description When nobody is disturbed, but for fraud and money at risk. */
            quiet_hours?: components["schemas"]["HoursBody"] | null;
            /** @description Channels that were stopped as a whole, here or by an answer of `STOP`. */
            stopped: components["schemas"]["ChannelCode"][];
            /** @description By its IANA name. */
            time_zone: string;
        };
        /** @description All that a user chooses; it takes the place of what they chose before. */
        PreferencesRequest: {
            /** @default null */
            digest_at: string | null;
            /** @enum {string} */
            language: "en" | "hi" | "kn" | "ta" | "te" | "bn" | "mr";
            /** @default [] */
            off: components["schemas"]["OffBody"][];
            /** @default false */
            offers: boolean;
            /**
             * @description Without them, there are none.
             * @default null
             */
            quiet_hours: components["schemas"]["HoursBody"] | null;
            /**
             * @description Channels that are stopped as a whole; without it, they stay as they are.
             * @default null
             */
            stopped: components["schemas"]["ChannelCode"][] | null;
            /** @description By its IANA name: `Asia/Kolkata`. */
            time_zone: string;
        };
        /** @description How it reads. */
        PreviewBody: {
            body: string;
            /** @description Whether that is English for want of a translation. */
            fell_back: boolean;
            /** @description A mail's whole document. */
            html?: string | null;
            /** @description The language that it is in. */
            language: string;
            /** @description One line; a mail's subject. None of a text message or a template of WhatsApp's. */
            title?: string | null;
            /** Format: uint32 */
            version: number;
        };
        /** @description A template, filled in. */
        PreviewRequest: {
            /** @description What is not given is shown by an example. */
            data?: components["schemas"]["Data"];
            /**
             * @description English unless given.
             * @enum {string|null}
             */
            language?: "en" | "hi" | "kn" | "ta" | "te" | "bn" | "mr" | null;
            template: string;
        };
        /** @enum {string} */
        PriceUnit: "kilogram" | "quintal" | "dozen" | "piece";
        /** @description A problem as it is written to the caller. */
        Problem: {
            /** @description What to branch on, for a program. */
            code: string;
            /** @description What to mend, for a person. */
            detail: string;
            errors?: components["schemas"]["FieldError"][];
            request_id: string;
            /** @description Whether the very same request may succeed later. */
            retryable: boolean;
            /** Format: uint16 */
            status: number;
            title: string;
            /** @description A URI that names the kind of problem. */
            type: string;
        } & {
            [key: string]: unknown;
        };
        /** @description Whether the log is as it was written. */
        ProofBody: {
            /** @description Where it does not hold. */
            break?: components["schemas"]["BreakBody"] | null;
            /** Format: uint64 */
            first_seq: number;
            /** @description Of the entry `last_seq`, in hex: no other log up to there has it. */
            head_hash: string;
            holds: boolean;
            /**
             * Format: uint64
             * @description The last entry up to which everything holds; before `first_seq` where nothing does. Where it is
             *     before `to`, there is no more, or more than one look reads: ask again from behind it.
             */
            last_seq: number;
        };
        /**
         * @description A payment gateway.
         * @enum {string}
         */
        Provider: "razorpay" | "phonepe";
        /** @description The same of one provider. Every notice counts once, however often its provider was called. */
        ProviderBody: {
            /** @description From the first call until the provider took it. */
            acceptance: components["schemas"]["LatencyBody"];
            /** @description From then on until it was delivered, of those whose arrival the provider tells. */
            arrival: components["schemas"]["LatencyBody"];
            /**
             * Format: int64
             * @description The provider was called, and it is known what came of it, or that nobody knows.
             */
            attempted: number;
            /** Format: int64 */
            delivered: number;
            /**
             * Format: int64
             * @description Those that are neither sent nor failed will be tried again, or were left without an answer.
             */
            failed: number;
            provider: string;
            /** Format: int64 */
            read: number;
            /** @description Why deliveries failed and calls were in vain, as the provider calls it; the commonest first. */
            reasons: components["schemas"]["ReasonBody"][];
            /**
             * Format: int64
             * @description It took them, and has not said since that they failed.
             */
            sent: number;
            /**
             * Format: double
             * @description `sent` of `attempted`; `null` where nothing was attempted.
             */
            success_percent?: number | null;
        };
        /** @description A publication, and how far telling it has come. */
        PublicationBody: {
            channel: string;
            /** @description RFC 3339. */
            created_at: string;
            /** @description RFC 3339. */
            ended_at?: string | null;
            event: string;
            /**
             * Format: uint64
             * @description Connections that turned out to be gone.
             */
            gone: number;
            id: string;
            published_by: string;
            /**
             * Format: uint64
             * @description Its place on the channel.
             */
            seq: number;
            /** @enum {string} */
            status: "running" | "completed" | "cancelled";
            /**
             * Format: uint64
             * @description Connections that it was shown on at once. Everybody else finds it on the channel.
             */
            told: number;
        };
        /** @description What is to be told, and where. */
        PublishRequest: {
            /**
             * @description A topic (`weather:pune`, `market:onion`, `zone:mumbai`, `crop_health:usr_…`, `org:usr_…`),
             *     `system` for everybody, or `user:usr_…`.
             */
            channel: string;
            /** @description By the event. */
            data: components["schemas"]["WeatherAlert"] | components["schemas"]["MarketPrice"] | components["schemas"]["CropReport"] | components["schemas"]["ZoneDemand"] | components["schemas"]["SystemStatus"] | components["schemas"]["Announcement"] | components["schemas"]["KycStatus"] | components["schemas"]["CardActivity"];
            /**
             * @description What happened. It must fit the channel.
             * @enum {string}
             */
            event: "announcement" | "card.activity" | "crop_health.report" | "kyc.status" | "market.price" | "system.status" | "weather.alert" | "zone.demand";
            /**
             * Format: uint32
             * @description For how long it is news, in seconds; the event's own unless given.
             */
            expires_in_s?: number | null;
            /**
             * @description The event's own unless given.
             * @enum {string|null}
             */
            priority?: "low" | "normal" | "high" | "critical" | null;
        };
        PurposeBody: {
            /** @description Where it is agreed to: `here` or `chat`. */
            agreed_in: string;
            /** @description Of `bank_data`: the banks that are connected, each by the user's consent there. */
            connected: string[];
            /**
             * Format: uint32
             * @description What there is to read today: a yes to an older one still stands, and may be asked for anew.
             */
            current_version: number;
            given: boolean;
            lang?: string | null;
            /**
             * Format: uint32
             * @description Of the notice that the last word was on.
             */
            notice_version?: number | null;
            /** @enum {string} */
            purpose: "service" | "sms" | "bank_data" | "platform_earnings" | "marketing" | "assistant_memory";
            said_at?: string | null;
        };
        ReasonBody: {
            /** Format: uint64 */
            count: number;
            reason: string;
        };
        /** @description Another user, by id or phone. */
        Recipient: {
            /** @constant */
            type: "user";
            user_id: string;
        } | {
            phone: string;
            /** @constant */
            type: "phone";
        };
        /** @description One recipient, and what became of them. */
        RecipientBody: {
            delivered_at?: string | null;
            notice_id?: string | null;
            /**
             * Format: uint32
             * @description Their place in the request, from 0.
             */
            number: number;
            read_at?: string | null;
            /** @description Why it is held, was skipped, has failed or ended. */
            reason?: string | null;
            /** @description RFC 3339. */
            sent_at?: string | null;
            /**
             * @description `waiting` for their turn; `passed` where they are no user any more or not of the organisation;
             *     `held` until they may be disturbed; `ended` without a try; else as far as the channel says.
             * @enum {string}
             */
            status: "waiting" | "passed" | "held" | "queued" | "sent" | "delivered" | "read" | "failed" | "skipped" | "ended";
            user_id: string;
        };
        RecipientRequest: {
            /** @description What is filled in for them, beside or instead of what is for everybody. */
            data?: components["schemas"]["Data"];
            user_id: string;
        };
        RedriveBody: {
            /**
             * Format: uint64
             * @description How many are left where they are.
             */
            left: number;
            queue: string;
            /** @description Why, letter by letter. */
            refused: components["schemas"]["RefusedLetterBody"][];
            /** Format: uint32 */
            sent_back: number;
        };
        /** @description Without a body, all letters that it helps are sent back. */
        RedriveRequest: {
            /**
             * @description Also where it would do no good. Only with `message_id`.
             * @default false
             */
            force: boolean;
            /**
             * @description This letter alone.
             * @default null
             */
            message_id: string | null;
        } | {
            /** @constant */
            force?: false;
        } | {
            message_id: string;
        };
        RefreshRequest: {
            refresh_token: string;
        };
        RefundBody: {
            /** Format: int64 */
            amount: number;
            created_at: string;
            currency: components["schemas"]["Currency"];
            failure?: string | null;
            id: string;
            note?: string | null;
            payment_id: string;
            reference?: string | null;
            speed: string;
            status: string;
            updated_at: string;
        };
        RefusedLetterBody: {
            message_id: string;
            /** @description What a re-drive would do. */
            why: string;
        };
        /** @description What an operator writes to the user. */
        ReplyRequest: {
            /** @description The operator's own name for it. The same again is not sent again. */
            client_id: string;
            /** @description 1 to 4,096 characters. */
            text: string;
        };
        /** @description A message that somebody has reported, as it stood. */
        ReportBody: {
            author_user_id: string;
            closed_by?: string | null;
            /** @description RFC 3339. */
            created_at: string;
            files?: components["schemas"]["FileBody"][];
            id: string;
            message_id: string;
            reason: string;
            reported_by: string;
            room_id: string;
            /** @enum {string} */
            status: "open" | "closed";
            text: string;
        };
        ReportRequest: {
            /** @description What is wrong with it: 1 to 500 characters. */
            reason: string;
        };
        /** @description What a user is to us. Stored with the user, and stated in their access token. */
        Role: "worker" | "org_admin" | "support" | "ops" | "admin";
        RoleRequest: {
            role: components["schemas"]["Role"];
        };
        RoomBody: {
            /** @description To subscribe to. */
            channel: string;
            /** @description RFC 3339. */
            created_at: string;
            id: string;
            /**
             * Format: int64
             * @description For how long it keeps what is written in it, in seconds.
             */
            keeps_s: number;
            members: components["schemas"]["MemberBody"][];
            name?: string | null;
            open: boolean;
            /**
             * Format: uint64
             * @description The place of the last that happened in it.
             */
            seq: number;
            /** @enum {string} */
            type: "direct" | "group";
            /**
             * Format: uint64
             * @description What the caller has not read of it.
             */
            unread: number;
        };
        RowError: {
            detail: string;
            /** Format: uint32 */
            line: number;
        };
        RunwayBody: {
            /**
             * Format: int64
             * @description What a usual day costs, bills aside.
             */
            daily_spending_amount: number;
            /** Format: int64 */
            days_until_short?: number | null;
            /** Format: int64 */
            low_amount: number;
            /** @description When there will be least, and how much. */
            low_on: string;
            /**
             * Format: int64
             * @description What is missing then.
             */
            missing_amount?: number | null;
            /** @description The first day within a month on which money runs out. */
            short_on?: string | null;
        };
        SaidBody: {
            given: boolean;
            /** @description SHA-256 of this entry and the one before it, in hex. */
            hash: string;
            lang: string;
            /** @description SHA-256 of the text that was shown, in hex. */
            notice_sha256: string;
            /** Format: uint32 */
            notice_version: number;
            previous_hash: string;
            purpose: string;
            said_at: string;
            /** Format: uint64 */
            seq: number;
        };
        /** @description Where a member is in a room. */
        SeatBody: {
            /** Format: uint64 */
            delivered_through_seq: number;
            /** Format: uint64 */
            read_through_seq: number;
            /**
             * Format: uint64
             * @description The end of the room.
             */
            seq: number;
            /** Format: uint64 */
            unread: number;
            user_id: string;
        };
        /** @description How far something was read, or has reached a device. */
        SeatRequest: {
            /**
             * Format: uint64
             * @default 0
             */
            delivered_through_seq: number;
            /**
             * Format: uint64
             * @default 0
             */
            read_through_seq: number;
        };
        SeenRequest: {
            notice_id: string;
        };
        /** @description What one user is told. */
        SendRequest: {
            /** @description What is filled into it. */
            data?: components["schemas"]["Data"];
            /**
             * Format: uint32
             * @description For how long it is news, in seconds; a day unless given.
             */
            expires_in_s?: number | null;
            /**
             * @description The template's own unless given.
             * @enum {string|null}
             */
            priority?: "low" | "normal" | "high" | "critical" | null;
            /** @description The name of a template that goes by this channel. */
            template: string;
            to: components["schemas"]["Person"];
        };
        SetStanding: {
            amount: components["schemas"]["Amount"];
            currency: components["schemas"]["Currency"];
            /** @description On which days: `day`, `week:monday`, `month:5` (the last of a month that has no such day). */
            every: string;
            note?: string | null;
            payee?: components["schemas"]["PayeeBody"] | null;
            /** @description Another user of Kamai; or give `payee`. */
            to?: components["schemas"]["Recipient"] | null;
        } & ({
            payee?: null;
            to: Record<string, never>;
        } | {
            payee: Record<string, never>;
            to?: null;
        });
        /** @enum {string} */
        Severity: "advisory" | "watch" | "warning" | "emergency";
        /** @description Of a user's own feed, or of a board that many read. */
        Shown: components["schemas"]["EventBody"] | components["schemas"]["BulletinBody"];
        /** @description A movement as one side has it. */
        SideBody: {
            /** Format: int64 */
            amount: number;
            at: string;
            /** Format: int64 */
            fee_amount: number;
            /** @description `on_its_way`, `done` or `undone`. */
            state: string;
        };
        /** @enum {string} */
        SideCode: "user" | "operator";
        SightingBody: {
            /** @description Last digits of the account. */
            account?: string | null;
            /** Format: int64 */
            amount: number;
            at: string;
            /** @description Whether the time of day is known. */
            is_timed: boolean;
            /** @description `wallet`, `bank`, `file`, `sms`, `platform`, `app` or `chat`; whoever is believed most first. */
            source: string;
        };
        SmsBatch: {
            messages: components["schemas"]["SmsBody"][];
        };
        /** @description A message as it lies on a phone. */
        SmsBody: {
            /** Format: date-time */
            received_at: string;
            /** @description As the phone shows it, such as `VM-HDFCBK-S`. */
            sender?: string | null;
            text: string;
        };
        SmsResult: {
            day?: string | null;
            entry_id?: string | null;
            /**
             * @description `noted`: nobody had told of it; `matched`: somebody had; `known`: this message had come before;
             *     `nothing`: it tells of no movement; `other_currency`; `day_full`.
             */
            result: string;
            /** @description Of `nothing`: `otp`, `offer`, `due`, `request`, `declined`, `mandate`, `future_debit`, `balance_only` or `other`. */
            why?: string | null;
        };
        SmsResults: {
            /** @description One for each message, in their order. */
            items: components["schemas"]["SmsResult"][];
        };
        /** @description What a user has settled about others. */
        SocialBody: {
            blocked: string[];
            /** @enum {string} */
            presence: "contacts" | "nobody";
        };
        SocialRequest: {
            /**
             * @description Who sees whether the caller is there: `contacts` (who has a room of two with them), or `nobody`.
             * @enum {string}
             */
            presence: "contacts" | "nobody";
        };
        /** @description Days with earnings that count for social security: 90 with one platform, or 120 with several, in a financial year. */
        SocialSecurityBody: {
            is_eligible: boolean;
            /** Format: uint32 */
            missing_days: number;
            /**
             * Format: uint32
             * @description With all of them; a day with two counts twice.
             */
            multi_days: number;
            platform?: string | null;
            /**
             * Format: uint32
             * @description With the platform of most days.
             */
            single_days: number;
            /**
             * Format: int16
             * @description Of the April in which the financial year began.
             */
            year: number;
        };
        /** @enum {string} */
        Speed: "normal" | "optimum";
        StandingBody: {
            /**
             * Format: int64
             * @description Of each payment.
             */
            amount: number;
            created_at: string;
            currency: components["schemas"]["Currency"];
            every: string;
            /** Format: int64 */
            fee_amount: number;
            id: string;
            last?: components["schemas"]["LastBody"] | null;
            /** @description The day of the next payment, in India. */
            next_on: string;
            /** @description `active` or `ended`. */
            status: string;
            to: string;
            updated_at: string;
        };
        StatementBody: {
            /** @description All but the last characters hidden. */
            account?: string | null;
            /**
             * Format: uint
             * @description How often a balance followed from the one before. Where the file tells no balances nothing shows that a line is missing.
             */
            balances_compared: number;
            bank: string;
            /** @description `csv`, `ofx` or `pdf`. */
            format: string;
            from: string;
            /**
             * Format: uint
             * @description What this file, or one like it, had told before.
             */
            known: number;
            /**
             * Format: uint
             * @description What a day had no room for.
             */
            left_out: number;
            /**
             * Format: uint
             * @description Lines of the file that are movements.
             */
            lines: number;
            /**
             * Format: uint
             * @description What somebody else had told of.
             */
            matched: number;
            /**
             * Format: uint
             * @description Of these, what nobody had told of.
             */
            noted: number;
            to: string;
        };
        /** @description A bank's statement as CSV, OFX or PDF. */
        StatementUpload: {
            /** @description The bank, where the file does not say. */
            bank?: string | null;
            /** @description The file, in base64: at most 3 MB of it. */
            file: string;
            /** @description Of a PDF that is locked. It is used once and kept nowhere. */
            password?: string | null;
        };
        /** @description What became of the deliveries of a channel that were first tried within a time. */
        StatsBody: {
            /** @enum {string} */
            channel: "push" | "whatsapp" | "sms" | "email";
            providers: components["schemas"]["ProviderBody"][];
            /** @description RFC 3339. */
            since: string;
            until: string;
        };
        /** @description A device, by what its push service gave it: one of `fcm_token`, `fcm_fid` and `subscription`. */
        SubscribeRequest: {
            /** @description Of an app: its installation id at Firebase. */
            fcm_fid?: string | null;
            /** @description Of an app: its registration token at Firebase. */
            fcm_token?: string | null;
            /** @description As its owner knows it. */
            name?: string | null;
            /** @description Of a browser: what `JSON.stringify` makes of its `PushSubscription`. */
            subscription?: components["schemas"]["SubscriptionBody"] | null;
        } & ({
            fcm_fid?: null;
            subscription?: null;
        } | {
            fcm_token?: null;
            subscription?: null;
        } | {
            fcm_fid?: null;
            fcm_token?: null;
        });
        /** @description A `PushSubscription`. */
        SubscriptionBody: {
            endpoint: string;
            /**
             * Format: int64
             * @description In milliseconds since 1970. Not looked at: a subscription that has ended says so itself.
             * @default null
             */
            expirationTime: number | null;
            keys: components["schemas"]["SubscriptionKeys"];
        };
        /** @description What a push is sealed with, in base64 for URLs. */
        SubscriptionKeys: {
            auth: string;
            p256dh: string;
        };
        SumBody: {
            /** Format: int64 */
            amount: number;
            what: string;
        };
        /** @description In paise. */
        SumBody2: {
            /** Format: int64 */
            amount: number;
            /** Format: uint64 */
            count: number;
            /** Format: int64 */
            fee_amount: number;
        };
        SummaryBody: {
            /** Format: int8 */
            hour: number;
            is_on: boolean;
            /** @description When the next one comes. */
            next_at?: string | null;
        };
        SummaryRequest: {
            /**
             * Format: uint8
             * @description The full hour in India; the one it was, or 21, where it is missing.
             */
            hour?: number | null;
            is_on: boolean;
        };
        SuspenseBody: {
            /** Format: int64 */
            amount: number;
            assigned_to?: string | null;
            created_at: string;
            currency: string;
            id: string;
            /** @description `payment` or `refund`. */
            kind: string;
            order_id?: string | null;
            /** @description `razorpay` or `phonepe`. */
            provider: string;
            provider_id: string;
            why: string;
        };
        /**
         * @description Something that was noted in an app, and when. The app names it; the same name is the same note.
         *
         *     One whose fields say what cannot be is `refused` by itself, and does not keep the others from being taken.
         */
        SyncRecord: {
            /**
             * @description RFC 3339, by the app's clock. Of two changes of a note the later one counts; one that is more than five minutes ahead of
             *     our clock is refused: `server_time` says by how much the app's is wrong.
             */
            changed_at: string;
            /** @description 1 to 64 letters, digits, `_` and `-`. */
            client_id: string;
            /** @default false */
            is_deleted: boolean;
            /** @description Or `is_deleted`. */
            note?: components["schemas"]["NoteBody"] | null;
        };
        SyncRequest: {
            records: components["schemas"]["SyncRecord"][];
        };
        SyncResult: {
            client_id: string;
            /** @description Where the note is now; nowhere where it is deleted. */
            day?: string | null;
            /** @description `applied`; `unchanged`: this change was known; `stale`: a later change is known; `refused`: see `why`. */
            result: string;
            /** @description What was wrong with it, and where. */
            why?: string | null;
        };
        SyncResults: {
            /** @description One for each record, in their order. */
            items: components["schemas"]["SyncResult"][];
            server_time: string;
        };
        /** @description `system.status` */
        SystemStatus: {
            status: components["schemas"]["Health"];
            text?: components["schemas"]["Line"] | null;
            title: components["schemas"]["Line"];
        };
        /** @description A template. */
        TemplateBody: {
            /** @enum {string} */
            category: "utility" | "authentication" | "marketing";
            /** @description Languages that it is not translated into: it is told in English there. */
            missing: string[];
            name: string;
            variables: components["schemas"]["VariableBody"][];
            /**
             * Format: uint32
             * @description Raised with each change of its words or variables.
             */
            version: number;
        };
        /** @description Times are RFC 3339. */
        TermsBody: {
            /** Format: uint32 */
            accounts: number;
            /** @description SHA-256 of the artefact that the aggregator signed, in hex. */
            artefact_sha256: string;
            /** @description Whom the data are for: the licence holder's entity id. */
            consumer: string;
            data_from: string;
            /** @description How long data may be kept once they were fetched, such as `1 MONTH`. */
            data_life: string;
            data_to: string;
            expires_at: string;
            /** @description How often they may be, such as `45 MONTH`. */
            frequency: string;
            /** @description Of ReBIT's purposes: `102` is looking after one's own money. */
            purpose: string;
        };
        TicketBody: {
            /**
             * Format: int64
             * @description Seconds.
             */
            expires_in: number;
            /** @description Append as `?ticket=` to the socket's address; good once. */
            ticket: string;
        };
        TokenBody: {
            access_token: string;
            /**
             * Format: int64
             * @description Of the access token, in seconds.
             */
            expires_in: number;
            refresh_token: string;
            token_type: string;
            user_id: string;
        };
        TokenRequest: {
            challenge_id: string;
            /** @description Six digits. */
            otp: string;
        };
        TotalsBody: {
            /** Format: int64 */
            expenses_amount: number;
            /** Format: int64 */
            income_amount: number;
            /** Format: int64 */
            left_amount: number;
        };
        TransferBody: {
            /** Format: int64 */
            amount: number;
            created_at: string;
            currency: components["schemas"]["Currency"];
            expires_at?: string | null;
            from_user_id: string;
            id: string;
            note?: string | null;
            /**
             * Format: int64
             * @description Of the amount, what was sent.
             */
            posted_amount?: number | null;
            /** @description `held`, `posted`, `voided` or `expired`. */
            status: string;
            to_user_id: string;
            updated_at: string;
        };
        TurnBody: {
            at: string;
            decision: string;
            hash: string;
            /** @description The kind of message: `text`, `button`, `page`. */
            heard: string;
            /** @description Who understood it: `word`, `button`, `built_in`, a model's name. */
            mind: string;
            /** @description SHA-256, hexadecimal. */
            previous: string;
            /** @description Stands for the terms or values that it was decided on, hexadecimal. */
            proof: string;
            /** @description The command that was proposed. */
            proposal?: string | null;
            /** Format: uint64 */
            seq: number;
        };
        /** @description Turns of a chat in their order, each hanging on the one before it. */
        TurnsBody: {
            /** @description Whether each of them is as it was written, and hangs on the one before it. */
            intact: boolean;
            items: components["schemas"]["TurnBody"][];
        };
        UnreadBody: {
            /**
             * Format: uint64
             * @description Everything up to this place is read.
             */
            read_through_seq: number;
            /**
             * Format: uint64
             * @description The end of the feed.
             */
            seq: number;
            /**
             * Format: uint64
             * @description Events that were not read yet.
             */
            unread: number;
        };
        UnsubscribeRequest: {
            device_id: string;
        };
        UnusualBody: {
            /** Format: int64 */
            amount: number;
            day: string;
            /** Format: int64 */
            usual_amount?: number | null;
            what: string;
            /** @description `more_than_usual`, `bill_higher` or `new_payee`. */
            why: string;
        };
        UpiAppBody: {
            /** @description For the package of an intent on Android, together with `link`. */
            android_package: string;
            app: string;
            /** @description For iOS, where a link opens one app. */
            ios_link?: string | null;
            name: string;
        };
        /** @description What opens a UPI app on an order. What the app answers is the payer's word, and credits nothing. */
        UpiBody: {
            apps: components["schemas"]["UpiAppBody"][];
            /** @description Any app; on Android, the system asks which. */
            link: string;
            payment_id: string;
            /** @description The link as a QR code: an SVG. */
            qr_svg: string;
        };
        UploadBody: {
            /**
             * Format: uint32
             * @description In seconds; an upload that has begun by then may end after it.
             */
            expires_in: number;
            /** @description To name in a message once the upload is done. */
            file_id: string;
            upload: components["schemas"]["UploadRequest"];
        };
        /** @description The request to upload it with. It is taken once: 412 says that it was before. */
        UploadRequest: {
            /** @description To be sent as they are. A browser sets `content-length` itself. */
            headers: {
                [key: string]: string;
            };
            /** @constant */
            method: "PUT";
            url: string;
        };
        /** @description A user's id. */
        UserRef: string;
        VapidKeyBody: {
            /** @description What a page subscribes with: its `applicationServerKey`. */
            vapid_public_key: string;
        };
        /** @description What is filled in. */
        VariableBody: {
            /**
             * Format: uint
             * @description The longest text.
             */
            chars_max?: number | null;
            /** @enum {string} */
            kind: "amount" | "count" | "text" | "prose" | "time" | "day" | "reference" | "code" | "one_of";
            name: string;
            /** @description The values there are. */
            one_of?: string[] | null;
            required: boolean;
        };
        /** @description What Razorpay's checkout hands to the client, as it is. */
        VerifyRequest: {
            razorpay_order_id: string;
            razorpay_payment_id: string;
            razorpay_signature: string;
        };
        WalletBody: {
            account_id: string;
            /** Format: int64 */
            available_amount: number;
            /** Format: int64 */
            balance_amount: number;
            currency: components["schemas"]["Currency"];
            /**
             * Format: int64
             * @description Of the balance, what is promised to payouts and holds.
             */
            held_amount: number;
            /** @description `active`, `paused` or `closed`. */
            status: string;
            /**
             * Format: uint64
             * @description Grows with each change; also the newest sequence of the user's feed.
             */
            version: number;
        };
        /** @description `weather.alert` */
        WeatherAlert: {
            /** @description RFC 3339. */
            ends_at?: components["schemas"]["Instant"] | null;
            severity: components["schemas"]["Severity"];
            /** @description RFC 3339. */
            starts_at?: components["schemas"]["Instant"] | null;
            text?: components["schemas"]["Line"] | null;
            title: components["schemas"]["Line"];
        };
        WebhookBody: {
            /** @description SHA-256 of the raw body, in hex. */
            body_sha256: string;
            id: string;
            outcome?: string | null;
            received_at: string;
            /** @description `received`, `processed` or `ignored`. */
            status: string;
        };
        WebhookCause: {
            /** @description SHA-256 of the raw body that was received, in hex. */
            body_sha256: string;
            id: string;
            received_at: string;
        };
        /** @description What platforms tell of one day's work. */
        WorkedBody: {
            currency: components["schemas"]["Currency"];
            day: string;
            records: components["schemas"]["EarnedBody"][];
        };
        /** @description `zone.demand` */
        ZoneDemand: {
            /** @description The part of the city. */
            area: components["schemas"]["Line"];
            demand: components["schemas"]["Demand"];
            text?: components["schemas"]["Line"] | null;
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    get_well_known_jwks_json: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Jwks"];
                };
            };
            /** @description A problem (RFC 9457); `code` says which */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_health: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                };
            };
            /** @description A problem (RFC 9457); `code` says which */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_openapi_json: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                };
            };
            /** @description A problem (RFC 9457); `code` says which */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_auth_logout: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RefreshRequest"];
            };
        };
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem (RFC 9457); `code` says which */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_auth_otp: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["OtpRequest"];
            };
        };
        responses: {
            /** @description Done */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ChallengeBody"];
                };
            };
            /** @description A problem (RFC 9457); `code` says which */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_auth_refresh: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RefreshRequest"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TokenBody"];
                };
            };
            /** @description A problem (RFC 9457); `code` says which */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_auth_token: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TokenRequest"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TokenBody"];
                };
            };
            /** @description A problem (RFC 9457); `code` says which */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_banks: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BanksBody"];
                };
            };
            /** @description A problem (RFC 9457); `code` says which */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_banks_return: {
        parameters: {
            query: {
                code?: string | null;
                error?: string | null;
                state: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            /** @description Done */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            /** @description A problem (RFC 9457); `code` says which */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_banks_bank_connect: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                bank: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LinkBody"];
                };
            };
            /** @description A problem (RFC 9457); `code` says which */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_banks_bank_disconnect: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                bank: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BankBody"];
                };
            };
            /** @description A problem (RFC 9457); `code` says which */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_banks_bank_refresh: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                bank: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BankBody"];
                };
            };
            /** @description A problem (RFC 9457); `code` says which */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_billers: {
        parameters: {
            query: {
                category: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BillersBody"];
                };
            };
            /** @description A problem (RFC 9457); `code` says which */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_bills_fetch: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["FetchRequest"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BillBody"];
                };
            };
            /** @description Done */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BillBody"];
                };
            };
            /** @description A problem (RFC 9457); `code` says which */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_bills_pay: {
        parameters: {
            query?: {
                dry_run?: boolean;
            };
            header: {
                "Idempotency-Key": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PayBillRequest"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PayoutBody"];
                };
            };
            /** @description Done */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PayoutBody"];
                };
            };
            /** @description A problem (RFC 9457); `code` says which */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_cashbook: {
        parameters: {
            query: {
                from: string;
                to: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CashbookBody"];
                };
            };
            /** @description A problem (RFC 9457); `code` says which */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_cashbook_statements: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["StatementUpload"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StatementBody"];
                };
            };
            /** @description A problem (RFC 9457); `code` says which */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_cashbook_day_entry: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                day: string;
                entry: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CorrectRequest"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EntryBody"];
                };
            };
            /** @description A problem (RFC 9457); `code` says which */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_chat_pin_token: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                token: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            /** @description A problem (RFC 9457); `code` says which */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_chat_pin_token: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                token: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            /** @description A problem (RFC 9457); `code` says which */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_earnings: {
        parameters: {
            query: {
                from: string;
                to: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Page20"];
                };
            };
            /** @description A problem (RFC 9457); `code` says which */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_earnings: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["EarningsUpload"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EarningsTaken"];
                };
            };
            /** @description A problem (RFC 9457); `code` says which */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_events: {
        parameters: {
            query?: {
                after_seq?: number | null;
                channel?: string | null;
                ticket?: string | null;
                wait?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EventsBody"];
                };
            };
            /** @description A problem (RFC 9457); `code` says which */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_files: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["FileRequest"];
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UploadBody"];
                };
            };
            /** @description A problem (RFC 9457); `code` says which */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_findings_id_dismiss: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FindingBody"];
                };
            };
            /** @description A problem (RFC 9457); `code` says which */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_findings_id_dispute: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DisputeRequest"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DisputeBody"];
                };
            };
            /** @description A problem (RFC 9457); `code` says which */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_insights: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InsightsBody"];
                };
            };
            /** @description A problem (RFC 9457); `code` says which */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_notifications: {
        parameters: {
            query?: {
                cursor?: string | null;
                limit?: number;
                unread?: boolean;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Page6"];
                };
            };
            /** @description A problem (RFC 9457); `code` says which */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_notifications_deliveries: {
        parameters: {
            query?: {
                cursor?: string | null;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Page4"];
                };
            };
            /** @description A problem (RFC 9457); `code` says which */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_notifications_email: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["EmailRequest"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                };
            };
            /** @description Done */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                };
            };
            /** @description A problem (RFC 9457); `code` says which */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_notifications_email_leave_token: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                token: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            /** @description A problem (RFC 9457); `code` says which */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_notifications_email_leave_token: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                token: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            /** @description A problem (RFC 9457); `code` says which */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_notifications_email_verify: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TokenRequest"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PreferencesBody"];
                };
            };
            /** @description A problem (RFC 9457); `code` says which */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_notifications_preferences: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PreferencesBody"];
                };
            };
            /** @description A problem (RFC 9457); `code` says which */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_notifications_preferences: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PreferencesRequest"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PreferencesBody"];
                };
            };
            /** @description A problem (RFC 9457); `code` says which */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_notifications_push_devices: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DevicesBody"];
                };
            };
            /** @description A problem (RFC 9457); `code` says which */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_notifications_push_subscribe: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SubscribeRequest"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeviceBody"];
                };
            };
            /** @description A problem (RFC 9457); `code` says which */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_notifications_push_unsubscribe: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["UnsubscribeRequest"];
            };
        };
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem (RFC 9457); `code` says which */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_notifications_push_vapid_key: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VapidKeyBody"];
                };
            };
            /** @description A problem (RFC 9457); `code` says which */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_notifications_read: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["MarkRequest"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UnreadBody"];
                };
            };
            /** @description A problem (RFC 9457); `code` says which */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_notifications_seen: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SeenRequest"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeliveryBody"];
                };
            };
            /** @description A problem (RFC 9457); `code` says which */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_notifications_unread: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UnreadBody"];
                };
            };
            /** @description A problem (RFC 9457); `code` says which */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_notifications_channel_bulk: {
        parameters: {
            query?: {
                cursor?: string | null;
                limit?: number;
            };
            header?: never;
            path: {
                channel: "push" | "whatsapp" | "sms" | "email";
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Page2"];
                };
            };
            /** @description A problem (RFC 9457); `code` says which */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_notifications_channel_bulk: {
        parameters: {
            query?: {
                dry_run?: boolean;
            };
            header: {
                "Idempotency-Key": string;
            };
            path: {
                channel: "push" | "whatsapp" | "sms" | "email";
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["BulkRequest"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CampaignBody"];
                };
            };
            /** @description Done */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CampaignBody"];
                };
            };
            /** @description A problem (RFC 9457); `code` says which */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_notifications_channel_bulk_id: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                channel: "push" | "whatsapp" | "sms" | "email";
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CampaignBody"];
                };
            };
            /** @description A problem (RFC 9457); `code` says which */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_notifications_channel_bulk_id_cancel: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                channel: "push" | "whatsapp" | "sms" | "email";
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CampaignBody"];
                };
            };
            /** @description A problem (RFC 9457); `code` says which */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_notifications_channel_bulk_id_pause: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                channel: "push" | "whatsapp" | "sms" | "email";
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CampaignBody"];
                };
            };
            /** @description A problem (RFC 9457); `code` says which */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_notifications_channel_bulk_id_recipients: {
        parameters: {
            query?: {
                cursor?: string | null;
                limit?: number;
            };
            header?: never;
            path: {
                channel: "push" | "whatsapp" | "sms" | "email";
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Page3"];
                };
            };
            /** @description A problem (RFC 9457); `code` says which */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_notifications_channel_bulk_id_report: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                channel: "push" | "whatsapp" | "sms" | "email";
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": string;
                };
            };
            /** @description A problem (RFC 9457); `code` says which */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_notifications_channel_bulk_id_resume: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                channel: "push" | "whatsapp" | "sms" | "email";
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CampaignBody"];
                };
            };
            /** @description A problem (RFC 9457); `code` says which */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_notifications_channel_check: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                channel: "push" | "whatsapp" | "sms" | "email";
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CheckRequest"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CheckBody"];
                };
            };
            /** @description A problem (RFC 9457); `code` says which */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_notifications_channel_history_user: {
        parameters: {
            query?: {
                cursor?: string | null;
                limit?: number;
            };
            header?: never;
            path: {
                channel: "push" | "whatsapp" | "sms" | "email";
                user: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Page4"];
                };
            };
            /** @description A problem (RFC 9457); `code` says which */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_notifications_channel_send: {
        parameters: {
            query?: {
                dry_run?: boolean;
            };
            header: {
                "Idempotency-Key": string;
            };
            path: {
                channel: "push" | "whatsapp" | "sms" | "email";
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SendRequest"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeliveryBody"];
                };
            };
            /** @description Done */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeliveryBody"];
                };
            };
            /** @description A problem (RFC 9457); `code` says which */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_notifications_channel_stats: {
        parameters: {
            query?: {
                hours?: number;
            };
            header?: never;
            path: {
                channel: "push" | "whatsapp" | "sms" | "email";
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StatsBody"];
                };
            };
            /** @description A problem (RFC 9457); `code` says which */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_notifications_channel_template: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                channel: "push" | "whatsapp" | "sms" | "email";
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Page5"];
                };
            };
            /** @description A problem (RFC 9457); `code` says which */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_notifications_channel_template: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                channel: "push" | "whatsapp" | "sms" | "email";
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PreviewRequest"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PreviewBody"];
                };
            };
            /** @description A problem (RFC 9457); `code` says which */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_ops_audit: {
        parameters: {
            query?: {
                cursor?: string | null;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Page9"];
                };
            };
            /** @description A problem (RFC 9457); `code` says which */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_ops_audit_proof: {
        parameters: {
            query?: {
                from?: number | null;
                to?: number | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ProofBody"];
                };
            };
            /** @description A problem (RFC 9457); `code` says which */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_ops_chats: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Page17"];
                };
            };
            /** @description A problem (RFC 9457); `code` says which */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_ops_chats_user_door: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                user: string;
                door: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HandOffBody"];
                };
            };
            /** @description A problem (RFC 9457); `code` says which */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_ops_chats_user_door_close: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                user: string;
                door: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HandOffBody"];
                };
            };
            /** @description A problem (RFC 9457); `code` says which */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_ops_chats_user_door_reply: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                user: string;
                door: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ReplyRequest"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HandOffBody"];
                };
            };
            /** @description A problem (RFC 9457); `code` says which */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_ops_chats_user_door_turns: {
        parameters: {
            query?: {
                after?: number | null;
            };
            header?: never;
            path: {
                user: string;
                door: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TurnsBody"];
                };
            };
            /** @description A problem (RFC 9457); `code` says which */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_ops_dead_letters: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeadLettersBody"];
                };
            };
            /** @description A problem (RFC 9457); `code` says which */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_ops_dead_letters_queue_redrive: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                queue: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["RedriveRequest"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RedriveBody"];
                };
            };
            /** @description A problem (RFC 9457); `code` says which */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_ops_erasures_user: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                user: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HeldBody"];
                };
            };
            /** @description A problem (RFC 9457); `code` says which */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_ops_erasures_user_parts_part: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                user: string;
                part: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["OpenHoldRequest"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/zip": string;
                };
            };
            /** @description A problem (RFC 9457); `code` says which */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_ops_float_explain: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ExplainRequest"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FloatBody"];
                };
            };
            /** @description A problem (RFC 9457); `code` says which */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_ops_ledger: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LedgerBody"];
                };
            };
            /** @description A problem (RFC 9457); `code` says which */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_ops_live: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LiveBody"];
                };
            };
            /** @description A problem (RFC 9457); `code` says which */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_ops_publications: {
        parameters: {
            query?: {
                dry_run?: boolean;
            };
            header: {
                "Idempotency-Key": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PublishRequest"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PublicationBody"];
                };
            };
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PublicationBody"];
                };
            };
            /** @description A problem (RFC 9457); `code` says which */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_ops_publications_id: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PublicationBody"];
                };
            };
            /** @description A problem (RFC 9457); `code` says which */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_ops_publications_id_cancel: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PublicationBody"];
                };
            };
            /** @description A problem (RFC 9457); `code` says which */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_ops_reconciliation: {
        parameters: {
            query?: {
                cursor?: string | null;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Page10"];
                };
            };
            /** @description A problem (RFC 9457); `code` says which */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_ops_reconciliation_day: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                day: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DayInFullBody"];
                };
            };
            /** @description A problem (RFC 9457); `code` says which */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_ops_reports: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Page11"];
                };
            };
            /** @description A problem (RFC 9457); `code` says which */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_ops_reports_id_close: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReportBody"];
                };
            };
            /** @description A problem (RFC 9457); `code` says which */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_ops_suspense: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Page7"];
                };
            };
            /** @description A problem (RFC 9457); `code` says which */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_ops_suspense_id_assign: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AssignRequest"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SuspenseBody"];
                };
            };
            /** @description A problem (RFC 9457); `code` says which */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_ops_users_id_role: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RoleRequest"];
            };
        };
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem (RFC 9457); `code` says which */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_ops_webhooks: {
        parameters: {
            query?: {
                cursor?: string | null;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Page8"];
                };
            };
            /** @description A problem (RFC 9457); `code` says which */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_ops_webhooks_id: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookBody"];
                };
            };
            /** @description A problem (RFC 9457); `code` says which */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_ops_webhooks_id_replay: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookBody"];
                };
            };
            /** @description A problem (RFC 9457); `code` says which */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_organisation_members: {
        parameters: {
            query?: {
                cursor?: string | null;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Page12"];
                };
            };
            /** @description A problem (RFC 9457); `code` says which */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_organisation_members: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["InviteRequest"];
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MembershipBody"];
                };
            };
            /** @description A problem (RFC 9457); `code` says which */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_organisation_members_user_remove: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                user: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MembershipBody"];
                };
            };
            /** @description A problem (RFC 9457); `code` says which */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_organisations: {
        parameters: {
            query?: {
                cursor?: string | null;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Page12"];
                };
            };
            /** @description A problem (RFC 9457); `code` says which */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_organisations_id_join: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MembershipBody"];
                };
            };
            /** @description A problem (RFC 9457); `code` says which */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_organisations_id_leave: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MembershipBody"];
                };
            };
            /** @description A problem (RFC 9457); `code` says which */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_panic: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WalletBody"];
                };
            };
            /** @description A problem (RFC 9457); `code` says which */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_panic_lift: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["TokenRequest"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                };
            };
            /** @description Done */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                };
            };
            /** @description A problem (RFC 9457); `code` says which */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_payees: {
        parameters: {
            query?: {
                cursor?: string | null;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Page13"];
                };
            };
            /** @description A problem (RFC 9457); `code` says which */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_payees: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PayeeBody"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PayeeReply"];
                };
            };
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PayeeReply"];
                };
            };
            /** @description A problem (RFC 9457); `code` says which */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_payees_id: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PayeeReply"];
                };
            };
            /** @description A problem (RFC 9457); `code` says which */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_payments: {
        parameters: {
            query?: {
                cursor?: string | null;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Page14"];
                };
            };
            /** @description A problem (RFC 9457); `code` says which */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_payments_orders: {
        parameters: {
            query?: {
                dry_run?: boolean;
            };
            header: {
                "Idempotency-Key": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["OpenOrder"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PaymentBody"];
                };
            };
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PaymentBody"];
                };
            };
            /** @description A problem (RFC 9457); `code` says which */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_payments_verify: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["VerifyRequest"];
            };
        };
        responses: {
            /** @description Done */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PaymentBody"];
                };
            };
            /** @description A problem (RFC 9457); `code` says which */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_payments_id: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PaymentBody"];
                };
            };
            /** @description A problem (RFC 9457); `code` says which */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_payments_id_refunds: {
        parameters: {
            query?: {
                dry_run?: boolean;
            };
            header: {
                "Idempotency-Key": string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["OpenRefund"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RefundBody"];
                };
            };
            /** @description Done */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RefundBody"];
                };
            };
            /** @description A problem (RFC 9457); `code` says which */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_payments_id_upi: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UpiBody"];
                };
            };
            /** @description A problem (RFC 9457); `code` says which */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_payout_batches: {
        parameters: {
            query?: {
                dry_run?: boolean;
            };
            header: {
                "Idempotency-Key": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["OpenBatch"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BatchBody"];
                };
            };
            /** @description Done */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BatchBody"];
                };
            };
            /** @description A problem (RFC 9457); `code` says which */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_payout_batches_id: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BatchBody"];
                };
            };
            /** @description A problem (RFC 9457); `code` says which */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_payout_batches_id_lines: {
        parameters: {
            query?: {
                cursor?: string | null;
                limit?: number;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Page"];
                };
            };
            /** @description A problem (RFC 9457); `code` says which */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_payouts: {
        parameters: {
            query?: {
                cursor?: string | null;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Page15"];
                };
            };
            /** @description A problem (RFC 9457); `code` says which */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_payouts: {
        parameters: {
            query?: {
                dry_run?: boolean;
            };
            header: {
                "Idempotency-Key": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["OpenPayout"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PayoutBody"];
                };
            };
            /** @description Done */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PayoutBody"];
                };
            };
            /** @description A problem (RFC 9457); `code` says which */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_payouts_id: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PayoutBody"];
                };
            };
            /** @description A problem (RFC 9457); `code` says which */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_payouts_id_cancel: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PayoutBody"];
                };
            };
            /** @description A problem (RFC 9457); `code` says which */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_platforms: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PlatformsBody"];
                };
            };
            /** @description A problem (RFC 9457); `code` says which */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_platforms_platform_connect: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                platform: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LinkBody"];
                };
            };
            /** @description A problem (RFC 9457); `code` says which */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_platforms_platform_disconnect: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                platform: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PlatformBody"];
                };
            };
            /** @description A problem (RFC 9457); `code` says which */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_platforms_platform_refresh: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                platform: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PlatformBody"];
                };
            };
            /** @description A problem (RFC 9457); `code` says which */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_privacy_consents: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConsentsBody"];
                };
            };
            /** @description A problem (RFC 9457); `code` says which */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_privacy_consents: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ConsentRequest"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConsentsBody"];
                };
            };
            /** @description A problem (RFC 9457); `code` says which */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_privacy_contact: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ContactBody"];
                };
            };
            /** @description A problem (RFC 9457); `code` says which */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_privacy_erasure: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["TokenRequest"];
            };
        };
        responses: {
            /** @description Done */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                };
            };
            /** @description A problem (RFC 9457); `code` says which */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_privacy_exports: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ExportBody"];
                };
            };
            /** @description A problem (RFC 9457); `code` says which */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_privacy_exports: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["TokenRequest"];
            };
        };
        responses: {
            /** @description Done */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                };
            };
            /** @description A problem (RFC 9457); `code` says which */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_privacy_exports_id_part: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
                part: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/zip": string;
                };
            };
            /** @description A problem (RFC 9457); `code` says which */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_privacy_notices: {
        parameters: {
            query?: {
                lang?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NoticesBody"];
                };
            };
            /** @description A problem (RFC 9457); `code` says which */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_realtime_tickets: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TicketBody"];
                };
            };
            /** @description A problem (RFC 9457); `code` says which */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_refunds_id: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RefundBody"];
                };
            };
            /** @description A problem (RFC 9457); `code` says which */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_rooms: {
        parameters: {
            query?: {
                cursor?: string | null;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Page18"];
                };
            };
            /** @description A problem (RFC 9457); `code` says which */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_rooms: {
        parameters: {
            query?: {
                dry_run?: boolean;
            };
            header: {
                "Idempotency-Key": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateRoomRequest"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RoomBody"];
                };
            };
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RoomBody"];
                };
            };
            /** @description A problem (RFC 9457); `code` says which */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_rooms_id: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RoomBody"];
                };
            };
            /** @description A problem (RFC 9457); `code` says which */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_rooms_id_join: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RoomBody"];
                };
            };
            /** @description A problem (RFC 9457); `code` says which */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_rooms_id_leave: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem (RFC 9457); `code` says which */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_rooms_id_members: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["MemberRequest"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RoomBody"];
                };
            };
            /** @description A problem (RFC 9457); `code` says which */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_rooms_id_members_user_remove: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
                user: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RoomBody"];
                };
            };
            /** @description A problem (RFC 9457); `code` says which */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_rooms_id_messages: {
        parameters: {
            query?: {
                cursor?: string | null;
                limit?: number | null;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Page19"];
                };
            };
            /** @description A problem (RFC 9457); `code` says which */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_rooms_id_messages: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PostRequest"];
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MessageBody"];
                };
            };
            /** @description A problem (RFC 9457); `code` says which */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_rooms_id_messages_message_delete: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
                message: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MessageBody"];
                };
            };
            /** @description A problem (RFC 9457); `code` says which */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_rooms_id_messages_message_edit: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
                message: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["EditRequest"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MessageBody"];
                };
            };
            /** @description A problem (RFC 9457); `code` says which */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_rooms_id_messages_message_files_file: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
                message: string;
                file: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LinkBody2"];
                };
            };
            /** @description A problem (RFC 9457); `code` says which */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_rooms_id_messages_message_report: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
                message: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ReportRequest"];
            };
        };
        responses: {
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReportBody"];
                };
            };
            /** @description A problem (RFC 9457); `code` says which */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_rooms_id_read: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SeatRequest"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SeatBody"];
                };
            };
            /** @description A problem (RFC 9457); `code` says which */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_sms_batch: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SmsBatch"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SmsResults"];
                };
            };
            /** @description A problem (RFC 9457); `code` says which */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_social: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SocialBody"];
                };
            };
            /** @description A problem (RFC 9457); `code` says which */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_social: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SocialRequest"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SocialBody"];
                };
            };
            /** @description A problem (RFC 9457); `code` says which */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_social_block_user: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                user: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SocialBody"];
                };
            };
            /** @description A problem (RFC 9457); `code` says which */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_social_unblock_user: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                user: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SocialBody"];
                };
            };
            /** @description A problem (RFC 9457); `code` says which */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_standing_payments: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Page16"];
                };
            };
            /** @description A problem (RFC 9457); `code` says which */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_standing_payments: {
        parameters: {
            query?: {
                dry_run?: boolean;
            };
            header: {
                "Idempotency-Key": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SetStanding"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StandingBody"];
                };
            };
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StandingBody"];
                };
            };
            /** @description A problem (RFC 9457); `code` says which */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_standing_payments_id_end: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StandingBody"];
                };
            };
            /** @description A problem (RFC 9457); `code` says which */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_summary: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SummaryBody"];
                };
            };
            /** @description A problem (RFC 9457); `code` says which */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_summary: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SummaryRequest"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SummaryBody"];
                };
            };
            /** @description A problem (RFC 9457); `code` says which */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_sync: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SyncRequest"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SyncResults"];
                };
            };
            /** @description A problem (RFC 9457); `code` says which */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_transactions: {
        parameters: {
            query?: {
                cursor?: string | null;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Page21"];
                };
            };
            /** @description A problem (RFC 9457); `code` says which */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_transactions_id: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ExplanationBody"];
                };
            };
            /** @description A problem (RFC 9457); `code` says which */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_transfers: {
        parameters: {
            query?: {
                dry_run?: boolean;
            };
            header: {
                "Idempotency-Key": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["OpenTransfer"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TransferBody"];
                };
            };
            /** @description Done */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TransferBody"];
                };
            };
            /** @description A problem (RFC 9457); `code` says which */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_transfers_id: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TransferBody"];
                };
            };
            /** @description A problem (RFC 9457); `code` says which */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_transfers_id_post: {
        parameters: {
            query?: {
                dry_run?: boolean;
            };
            header: {
                "Idempotency-Key": string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["PostTransfer"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TransferBody"];
                };
            };
            /** @description A problem (RFC 9457); `code` says which */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_transfers_id_void: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TransferBody"];
                };
            };
            /** @description A problem (RFC 9457); `code` says which */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_wallet: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WalletBody"];
                };
            };
            /** @description A problem (RFC 9457); `code` says which */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_wallet_balance: {
        parameters: {
            query: {
                at: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BalanceBody"];
                };
            };
            /** @description A problem (RFC 9457); `code` says which */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_wallet_statement: {
        parameters: {
            query?: {
                cursor?: string | null;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Page22"];
                };
            };
            /** @description A problem (RFC 9457); `code` says which */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
}
