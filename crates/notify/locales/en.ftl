notify-mail-sentence = You have a new message from { $office } in your inbox. Open this link to read it:
notify-inbox-title = Inbox
notify-inbox-empty = You have no messages yet
notify-inbox-empty-text = Everything about your requests and appointments will arrive here.
notify-inbox-empty-action = Browse the services
notify-inbox-unread = { $count ->
    [0] You have read all your messages.
    [one] You have one message that you have not read.
   *[other] You have { $count } messages that you have not read.
}
notify-inbox-new = New
notify-email-queued = E-mail waiting to be sent
notify-email-sent = E-mail sent to you
notify-email-failed = The e-mail to you could not be sent
notify-email-no-means = Not sent by e-mail: no way to send it
notify-sms-queued = Text message waiting to be sent
notify-sms-sent = Text message sent to you
notify-sms-failed = The text message could not be sent
notify-sms-no-means = Not sent by text message: no way to send it
