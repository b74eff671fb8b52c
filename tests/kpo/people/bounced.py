"""Reports of mail servers, in the shapes that Postfix and Exchange give them."""

from __future__ import annotations

POSTFIX = """\
Return-Path: <>
Delivered-To: {to}
Received: by mail.example (Postfix)
\tid 4F1B21C0; Mon, 23 Nov 2026 08:12:01 +0100 (CET)
Date: Mon, 23 Nov 2026 08:12:01 +0100 (CET)
From: MAILER-DAEMON@mail.example (Mail Delivery System)
Subject: Undelivered Mail Returned to Sender
To: {to}
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status;
\tboundary="9C1A51C0.1795421521/mail.example"

This is a MIME-encapsulated message.

--9C1A51C0.1795421521/mail.example
Content-Description: Notification
Content-Type: text/plain; charset=us-ascii

This is the mail system at host mail.example.

I'm sorry to have to inform you that your message could not
be delivered to one or more recipients.

<noor@gemeente.example>: host mx.gemeente.example[192.0.2.7] said: {code} {status}
    <noor@gemeente.example>: Recipient address rejected (in reply to RCPT TO command)

--9C1A51C0.1795421521/mail.example
Content-Description: Delivery report
Content-Type: message/delivery-status

Reporting-MTA: dns; mail.example
X-Postfix-Queue-ID: 9C1A51C0
X-Postfix-Sender: rfc822; kpo@kpo.example
Arrival-Date: Mon, 23 Nov 2026 08:11:59 +0100 (CET)

Final-Recipient: rfc822; noor@gemeente.example
Original-Recipient: rfc822;noor@gemeente.example
Action: {action}
Status: {status}
Remote-MTA: dns; mx.gemeente.example
Diagnostic-Code: smtp; {code} {status} <noor@gemeente.example>: Recipient
    address rejected

--9C1A51C0.1795421521/mail.example
Content-Description: Undelivered Message
Content-Type: message/rfc822

From: KPO <kpo@kpo.example>
To: noor@gemeente.example
Subject: Jouw week op KPO

Dag Noor,

--9C1A51C0.1795421521/mail.example--
"""

EXCHANGE = """\
Received: from AM0PR01.example (2001:db8::15) by DB8PR01.example with HTTPS
From: <postmaster@gemeente.example>
To: <{to}>
Subject: Niet te bezorgen: Jouw week op KPO
Auto-Submitted: auto-replied
X-MS-Exchange-Message-Is-Ndr:
Content-Language: nl-NL
Content-Type: multipart/report; report-type=delivery-status;
 boundary="f7a1e0d2-1f0c-4d0e-9f6e-4c5d0d7a9b11"
MIME-Version: 1.0

--f7a1e0d2-1f0c-4d0e-9f6e-4c5d0d7a9b11
Content-Type: multipart/alternative; differences=Content-Type;
 boundary="0a0b6a59-93e5-4b5d-8f0e-000000000001"

--0a0b6a59-93e5-4b5d-8f0e-000000000001
Content-Type: text/plain; charset="utf-8"
Content-Transfer-Encoding: base64

VXcgYmVyaWNodCBrb24gbmlldCB3b3JkZW4gYmV6b3JnZC4=

--0a0b6a59-93e5-4b5d-8f0e-000000000001
Content-Type: text/html; charset="utf-8"

<p>Uw bericht kon niet worden bezorgd.</p>

--0a0b6a59-93e5-4b5d-8f0e-000000000001--

--f7a1e0d2-1f0c-4d0e-9f6e-4c5d0d7a9b11
Content-Type: message/delivery-status

Reporting-MTA: dns;DB8PR01.example
Received-From-MTA: dns;mail.example
Arrival-Date: Mon, 23 Nov 2026 07:12:00 +0000

Final-Recipient: rfc822;noor@gemeente.example
Action: {action}
Status: {status}
Diagnostic-Code: smtp;{code} {status} RESOLVER.ADR.RecipientNotFound; not found
X-Display-Name: noor@gemeente.example

--f7a1e0d2-1f0c-4d0e-9f6e-4c5d0d7a9b11
Content-Type: text/rfc822-headers

From: KPO <kpo@kpo.example>
Subject: Jouw week op KPO

--f7a1e0d2-1f0c-4d0e-9f6e-4c5d0d7a9b11--
"""

OUT_OF_OFFICE = """\
From: Noor <noor@gemeente.example>
To: {to}
Subject: Automatisch antwoord: Jouw week op KPO
Auto-Submitted: auto-replied
X-Auto-Response-Suppress: All
Content-Type: text/plain; charset="utf-8"

Ik ben er niet tot en met 5.1.1. Status: 5.1.1
"""

READ_RECEIPT = """\
From: Noor <noor@gemeente.example>
To: {to}
Subject: Gelezen: Jouw week op KPO
Content-Type: multipart/report; report-type=disposition-notification; boundary="b"

--b
Content-Type: text/plain

Gelezen.

--b
Content-Type: message/disposition-notification

Final-Recipient: rfc822;noor@gemeente.example
Disposition: manual-action/MDN-sent-manually; displayed

--b--
"""


def report(
    to: str,
    shape: str = POSTFIX,
    *,
    status: str = "5.1.1",
    code: int = 550,
    action: str = "failed",
) -> bytes:
    return shape.format(to=to, status=status, code=code, action=action).encode()
