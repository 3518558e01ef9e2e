
# My requests
request-mine = My requests
request-drafts = Finish what you began
request-drafts-text = We kept what you typed. Nothing reaches the office until you send it.
request-draft-saved = saved { $ago }
request-draft-continue = Continue
request-sent-title = Requests you sent
request-tabs = Which requests
request-tab-all = All
request-tab-open = Open
request-tab-closed = Finished
request-empty-all = You have no requests yet
request-empty-all-text = When you send one, you will see here its number, who holds it and when it should end.
request-empty-open = Nothing is open
request-empty-open-text = All your requests are finished. You find them under “Finished”.
request-empty-closed = Nothing is finished yet
request-empty-closed-text = A request moves here when its output is issued or when it is refused.
request-browse = Browse the services
request-service = Service
request-number = Request number
request-state = State
request-provider = Office
request-delivered-short = Sent
request-expected-short = Expected by
request-closed-word = finished
request-late = Late

# State of a request
request-state-received = Being checked
request-state-returned = Needs your correction
request-state-verified = Awaiting decision
request-state-approved = Output being issued
request-state-refused = Refused
request-state-completed = Completed
request-of = Applicant: { $name }
request-open-desk = Open it on the desk
request-resent = Your correction arrived, and the request is back with the office.
request-returned-title = { $count ->
    [0] The office returned your request
    [one] Correct one thing and your request goes on
   *[other] Correct { $count } things and your request goes on
}
request-returned-title-other = The applicant was asked to correct
request-returned-clock = The time you take does not count against the office, and the moment you first sent the request stays as it is.
request-correct = Correct and send
request-refused-title = Your request was refused
request-refused-title-other = The request was refused
request-reason = Reason
request-appeal = If you disagree
request-completed-title = { $count ->
    [0] Your request is complete
    [one] What you asked for is ready
   *[other] Your documents are ready
}
request-completed-title-other = The request is complete
request-measures = What the office will do:
request-act-named = { $title } No. { $number } of { $date }
request-act-undated = { $title }: { $number }
request-output-since = Available to you since { $when }
request-download = Download
request-verify-output = Verify it
request-now-with = Your request is with: { $holder }
request-now-with-other = The request is with: { $holder }
request-now-since = It reached them { $ago }.
request-expected-text = It should be finished by { $date }.
request-late-text = It should have been finished by { $date } and is late.
request-nothing-to-do = There is nothing for you to do now. Any news comes to your inbox.
request-course = Where it stands
request-held-by = With { $holder }, who got it { $ago }
request-held-by-you = With you now, returned { $ago }
request-next-by = Done by { $holder }
request-events = Everything that happened, with times
request-event-delivered = Delivered complete
request-event-received = You sent the correction
request-event-returned = The office returned it for correction
request-event-verified = Answers and documents checked
request-event-approved = Approved
request-event-refused = Refused
request-event-completed = The output became available
request-what-was-sent = What was sent
request-answers-more = Other answers
request-documents = Documents
request-documents-count = Documents attached
request-keep = Keep this
request-delivered-at = Delivered
request-expected-end = Expected end
request-receipt = Receipt (PDF)
request-receipt-json = Receipt for machines (JSON)
request-receipt-name = Receipt
request-receipt-title = Receipt of a request
request-acknowledgement = The office’s acknowledgement
request-help = Questions
request-complain = How to complain or appeal

# Correcting a request
request-correct-title = Correct your request
request-correct-lead = { $count ->
    [0] There is nothing to correct.
    [one] One thing needs correcting. Everything else stays as you sent it.
   *[other] { $count } things need correcting. Everything else stays as you sent it.
}
request-instruction = What the officer asks:
request-file-before = The file you sent before:
request-file-kept = The new file arrived:
request-file-hint = PDF, picture, Word, Excel or text. At most 20 MB a file.
request-correct-rest = Once you send the correction, the request goes back to the office, and you are told what happens.
request-correct-send = Send the correction
request-correct-later = Later

# Outputs
output-ledger-note = This document is entered in a log that cannot be altered. Scan the code, or send the file to the verification page, to know that it is as it was issued.
output-applicant = Applicant
output-identifier = National number
output-act-number = Decision number
output-act-date = Date of the decision
output-kind-document = Document
output-kind-measure = Notice of measures
output-kind-administrative_act = Administrative decision

# The desk
task-kind-verification = Check
task-kind-decision = Decide
desk-title = Desk
desk-density = Spacing
desk-density-compact = Compact
desk-density-roomy = Comfortable
desk-tabs = Views of the desk
desk-tab-all = All
desk-tab-late = Late
desk-tab-verification = To check
desk-tab-decision = To decide
desk-service = Service
desk-queue = Waiting for you
desk-applicant = Applicant
desk-kind = To do
desk-due = Due
desk-empty = Nothing is waiting for you
desk-empty-text = Everything on your desk is done. A new request appears here the moment it is delivered.
desk-empty-narrowed = Nothing in this view
desk-empty-narrowed-text = There may be other requests on your desk outside this choice.
desk-show-all = Show everything
desk-keys-hint = Keys: j next, k previous, Enter opens, ? shows them all.
desk-done-verify = Done: you checked request { $number } and passed it on for a decision.
desk-done-send-back = Done: you returned request { $number } with what must be corrected.
desk-done-approve = Done: you approved request { $number }; its output is being issued.
desk-done-refuse = Done: you refused request { $number }, and the applicant was told why.
desk-left-over = What you wrote
desk-on-behalf = On behalf of
desk-checked = Checked: { $what }
desk-not-sent = Not attached
desk-asked-before = Correction asked:
desk-note-missing = Ask for it
desk-note = Ask for a correction
desk-note-label = What the applicant must correct in: { $what }
desk-notes = Corrections to ask for
desk-history = What the ledger holds of this request
desk-history-index = entry { $index }
desk-history-request-delivered = Delivered
desk-history-request-verified = Every item checked
desk-history-request-returned = Returned for correction
desk-history-request-corrected = Correction arrived
desk-history-request-approved = Approved
desk-history-request-refused = Refused
desk-history-output-issued = Output issued
desk-history-refused = An attempt that was not accepted
desk-somebody = Somebody unknown
desk-platform = The platform
desk-applicant-named = { $name } (applicant)
desk-decision = Decision
desk-verify-lead = Tick each item once you have checked it, then pass the request on for a decision.
desk-all-checked = I checked everything
desk-verify = Pass on for decision
desk-verified-by = Items checked by { $name }
desk-approve = Approve and issue
desk-measures = Measures to be taken
desk-measures-hint = The applicant reads it as you write it. Say what will be done, and when.
desk-act-number = Number of the administrative decision
desk-act-number-hint = As your office numbers it, for example: 12/2026
desk-act-date = Date of the decision
desk-return-lead = To return the request, write below each item what the applicant must correct.
desk-return = Return for correction
desk-refuse-open = Refuse the request
desk-reason = Reason for refusal
desk-reason-hint = The applicant reads it as it is. Say what is not met, and what requires it.
desk-refuse = Refuse and tell the applicant
desk-refuse-confirm = The request is refused and the applicant is told the reason at once. A refusal cannot be taken back.
desk-nothing-here = Nothing is asked of you on this request. It is: { $state }.
desk-as-applicant = See it as the applicant does

# Verifying a document
verify-title = Verify a document
verify-lead = Do you hold a receipt, a certificate or a decision from this platform? Send the file to learn that it is as it was issued, to the letter.
verify-file = File
verify-file-hint = A PDF or JSON file as downloaded from the platform, at most { $size } MB. A photo or a scan will not do.
verify-button = Verify
verify-how = How it works
verify-how-file = Every document carries a digital seal over all of its content. Any change after issue breaks the seal.
verify-how-qr = A printed document has a square code. Scan it with your phone to see what was issued, when, and by whom.
verify-how-private = We do not keep the file and do not ask who you are.
verify-how-offline = Anybody can verify without us, with the public keys and the public log:
verify-keys = Public keys
verify-checkpoint = Newest signed checkpoint
verify-yes = Genuine and untouched
verify-yes-text = This file is exactly as the platform issued it.
verify-same-text = This file is the very output that the code stands for, exactly as it was issued.
verify-other = Genuine, but another document
verify-other-text = The platform issued this file and nobody changed it, but it is not the output that the code stands for. Compare the number and the title with what you hold.
verify-no = This file cannot be trusted
verify-no-do = Ask for the file as it was downloaded from the platform, or scan the code printed on it. Do not rely on this copy.
verify-part-form = The file carries no seal of this platform, or one that is not written as seals are. It may be a scan, or saved again by another program.
verify-part-file = The content of the file changed after it was sealed.
verify-part-statement = What the seal says is not what was recorded.
verify-part-proof = The proof that it stands in the log does not hold.
verify-part-checkpoint = The signature of the log in the seal does not hold.
verify-part-key = The seal was signed with a key we do not know. This platform did not issue it.
verify-part-signature = The signature of the seal does not hold: it was changed after signing.
verify-part-entry = The entry it names does not hold.
verify-part-tile = A part of the proof does not hold.
verify-part-head = The length of the log that it names does not hold.
verify-part-unreadable = The proof could not be read to its end.
verify-unread = Nothing was verified
verify-unread-empty = No file arrived. Choose the file, then press “Verify”.
verify-unread-too-large = The file is larger than 25 MB. The platform issues no document of that size.
verify-unread-broken = The file did not arrive whole. Send it again.
verify-detail = Technical detail
verify-states = What this file states
verify-kind = Kind
verify-kind-request-delivered = Receipt of a request
verify-kind-output-issued = Output of a service
verify-kind-other = Entry of the platform’s log
verify-about = Document
verify-when = Recorded
verify-ledger = Place in the log
verify-place = entry { $index } of a log of { $size }
verify-place-later = Enters the log within moments
verify-form = Form of the file
verify-form-pdf = Sealed PDF
verify-form-json = Seal of its own (JSON)
verify-fingerprint = Fingerprint of the file (SHA-256)
verify-key = Signing key
verify-again = Verify another file
verify-known = The platform issued this document
verify-known-text = Compare this with what you hold. If anything differs, do not rely on the paper.
verify-issued = Issued on
verify-index = Entry in the log
verify-compare = Do you have the file? Compare it
verify-compare-text = Send the file to learn that it is this very output, untouched.
verify-unknown = We do not know this code
verify-unknown-text = The platform issued no document with this code, or the address is incomplete. Scan the square code again; if nothing changes, do not rely on the document.

# Notices
notice-request-delivered-subject = We received your request { $number }: { $service }
notice-request-delivered-body = { $acknowledgement }
notice-request-returned-subject = Your request { $number } needs a correction from you
notice-request-returned-body = The office returned your request “{ $service }” for you to correct. Open it to see what is asked, item by item. The time you take does not count against the office.
notice-request-refused-subject = Your request { $number } was refused: { $service }
notice-request-refused-body = Reason: { $reason } The request’s page says how to appeal if you disagree.
notice-request-completed-subject = Your request { $number } is complete: { $service }
notice-request-completed-body = Issued to you: { $outputs }. Download it from the request’s page. { $measures } { $act }

# What is said when an act is not accepted
refusal-request-incomplete-way = Complete it
refusal-request-unverified = Not every item was checked
refusal-request-unverified-detail = Each answer and document is checked before a decision. Tick what is listed once you have checked it, or ask for a correction.
refusal-request-own = You cannot decide on your own request
refusal-request-own-detail = A colleague handles it. You follow it under “My requests” like anybody else.
refusal-request-changed = A colleague was faster
refusal-request-changed-detail = The request changed while you were looking at it, so nothing was done. You see it now as it stands, and what you wrote is still here.
refusal-request-changed-way = See it as it stands
refusal-request-reason-missing = No refusal without a reason
refusal-request-reason-missing-detail = Give the applicant a reason to understand, in a sentence at least.
refusal-request-instruction-missing = Say what must be corrected
refusal-request-instruction-missing-detail = Write below at least one item what is missing and how to correct it.
refusal-request-item-not-returned = You were not asked to correct this
refusal-request-item-not-returned-detail = Only the items that the officer marked can be corrected. The rest stays as you sent it.
refusal-process-transition = This cannot be done now
refusal-process-transition-detail = The request is past this stage or has not reached it. See how it stands, then go on.
refusal-output-measure-missing = Say what the office will do
refusal-output-measure-missing-detail = This service ends in a measure, so the applicant is told what will be done.
refusal-output-act-missing = Give the number and the date of the decision
refusal-output-act-missing-detail = This service ends in an administrative decision, so the applicant is told its number and its date.
refusal-desk-none = You have no desk
refusal-desk-none-detail = Desks are for officers of public bodies. If you are one, ask your body’s administrator to record your assignment.

# Errors of items
refusal-item-unverified = Not ticked yet
refusal-item-instruction-required = Write what the applicant must correct
refusal-item-not-marked = No correction was asked for
refusal-item-file-refused = This file was not accepted. Choose another
refusal-item-after-today = The date cannot lie after today
desk-overtaken = The request has left your desk
desk-overtaken-text = A colleague dealt with it while you were looking. What you pressed was not done, and the request is no longer on your desk.
desk-overtaken-written = What you wrote
desk-place-operation = Running the platform
