notify-mail-sentence = You have a new message from { $office } in your inbox. Open this link to read it:
notify-inbox-title = Inbox
notify-inbox-empty = You have no messages yet. Everything about your requests and appointments will arrive here.
notify-inbox-unread = { $count ->
    [0] You have read all your messages.
    [one] You have one message that you have not read.
   *[other] You have { $count } messages that you have not read.
}
notify-inbox-new = New
notify-inbox-older = Older messages
notify-email-queued = E-mail waiting to be sent
notify-email-sent = E-mail sent to you
notify-email-failed = The e-mail to you could not be sent
notify-email-no_means = No e-mail sent: there is no way to send one
notify-sms-queued = Text message waiting to be sent
notify-sms-sent = Text message sent to you
notify-sms-failed = The text message could not be sent
notify-sms-no_means = No text message sent: there is no way to send one
