# After sending: collection appointments, paper copies, withdrawal, appeals, the archive.

# Collection appointment
appointment-title = Collection appointment
appointment-choose = Choose a time
appointment-move = Choose another time
appointment-place = Place: { $place }
appointment-left = { $count ->
    [one] one place
   *[other] { $count } places
}
appointment-none-free = No time is free in the coming month
appointment-none-free-text = New times open every day. Come back tomorrow, or ask for a copy by post where the service offers it.
appointment-booked-title = Your appointment is booked
appointment-bring = Bring a document that proves your identity. Somebody who comes for you brings theirs and an authorisation signed by you.
appointment-calendar = Add it to your calendar
appointment-booked-line = You collect on { $when }
appointment-manage = Move or cancel it
appointment-offer = Want it in hand? Book a time to collect it
appointment-calendar-title = Collect: { $service }
appointment-calendar-text = Request { $number }. Bring a document that proves your identity.
appointment-cancel = Cancel the appointment
appointment-cancel-confirm = Somebody else can take this time at once. Cancel it?
appointment-done = Your appointment is booked. We remind you a day before.
appointment-cancelled = Your appointment is cancelled. You may choose another time.
appointment-instead = The next free times:
appointment-collected = Your output was handed over
appointment-collected-by = Collected by: { $name }
appointment-day-title = Collection appointments
appointment-day-nav = Days
appointment-day-before = Previous day
appointment-day-after = Next day
appointment-day-today = Today
appointment-day-back = Back to the list
appointment-day-empty = No appointments on this day
appointment-day-empty-text = Whoever booked a time to collect an output appears here.
appointment-hand-over = Hand over
appointment-hand-over-confirm = Record the handover
appointment-handed-over-word = Handed over
appointment-handed-over-done = The handover is recorded, and the applicant is told.
appointment-collector = Name of whoever collects
appointment-collector-hint = The applicant, or somebody they authorised. Write the name as it stands on their document.
appointment-identifier = Number of their identity document
appointment-applicant-identifier = The applicant’s national number
appointment-time = Appointment
appointment-output = To hand over
appointment-not-open = This appointment is over: it was handed over or cancelled.
appointment-plans = Reception times
appointment-plans-lead = When people collect what was issued to them, where, and how many at once. Never on holidays or outside working hours.
appointment-plans-now = In force now
appointment-plans-none = No reception times yet
appointment-plans-none-text = Set times for a service, and everybody whose request is done sees the free ones.
appointment-plan-set = Set the times of a service
appointment-plan-service = Service
appointment-plan-place-ar = Place in Arabic
appointment-plan-place-en = Place in English
appointment-plan-days = Days
appointment-plan-opens = From
appointment-plan-closes = Until
appointment-plan-hours-hint = For example 09:00. What lies outside the body’s working hours is not offered.
appointment-plan-slot-minutes = Minutes of one appointment
appointment-plan-capacity = People in one appointment
appointment-plan-range = From { $least } to { $most }
appointment-plan-slots = every { $minutes } minutes, { $capacity } at once
appointment-plan-keeps = These times replace those of the same service. Whoever has booked already keeps their time.
appointment-plan-save = Save the times
appointment-plan-done = The reception times are saved.

notice-appointment-booked-subject = Your collection appointment: { $slot_at }
notice-appointment-booked-body = You booked { $slot_at } to collect the output of “{ $service }”. Place: { $place }. Bring a document that proves your identity.
notice-appointment-moved-subject = Your collection appointment moved to { $slot_at }
notice-appointment-moved-body = You now collect the output of “{ $service }” on { $slot_at }. Place: { $place }.
notice-appointment-soon-subject = Reminder: you collect on { $slot_at }
notice-appointment-soon-body = Your appointment to collect the output of “{ $service }” is near: { $slot_at }. Place: { $place }. Bring a document that proves your identity; if you cannot come, move the appointment on the request’s page.
notice-appointment-handed-over-subject = The output of your request { $number } was handed over
notice-appointment-handed-over-body = The output of “{ $service }” was handed over on { $handed_at }. If that was neither you nor somebody you authorised, call the office at once.

refusal-appointment-full = Somebody else took the last place
refusal-appointment-full-detail = Choose another time. The next free ones stand here.
refusal-appointment-not-offered = This time is not offered
refusal-appointment-not-offered-detail = Choose one of the times shown; a time that has begun cannot be booked.
refusal-appointment-not-collected = Nothing is collected for this request
refusal-appointment-not-collected-detail = You book once the output is issued, for services whose office receives people.
refusal-appointment-none-open = There is no open appointment
refusal-appointment-none-open-detail = It was cancelled or is over. Book a new one on the request’s page.
refusal-appointment-plan-invalid = These reception times cannot be kept
refusal-appointment-plan-invalid-detail = Correct what follows, then save.
refusal-appointment-collector-missing = Write who collected
refusal-appointment-collector-missing-detail = A handover is recorded only with the collector’s name and the number of their document.
refusal-item-next-free = Free: { $detail }
refusal-item-slot-not-offered = Choose a time from the list
refusal-item-plan-place-ar = Write the place in Arabic, in at most 160 characters
refusal-item-plan-place-en = Write the place in English, in at most 160 characters
refusal-item-plan-days = Choose at least one day
refusal-item-plan-opens = Write two times such as 09:00 and 12:00, the first before the second
refusal-item-plan-slot-minutes = Write a number of minutes from 5 to 240, not longer than the reception
refusal-item-plan-capacity = Write a number from 1 to 200

# My requests
request-search = Search by number or service
request-narrow = Search, filter and sort
request-scopes = In whose name
request-scope-all = All requests
request-scope-own = In my name
request-on-behalf = On behalf of:
request-for-entity = an entity you represent
request-tab-needs = Needs you
request-group-needs = Needs you
request-group-open = Open
request-group-closed = Finished
request-sort-needs = What needs me first
request-sort-newest = Newest
request-sort-due = Expected soonest
request-show-all = Show all requests
request-empty-needs = Nothing needs you
request-empty-needs-text = When an office asks you for a correction you find it here, and you are notified.
request-empty-found = No request fits
request-empty-found-text = Check the number or the service’s name, or show all requests.

# Withdrawal and applying again
request-state-withdrawn = Withdrawn
request-event-withdrawn = The applicant withdrew the request
request-withdraw-link = Withdraw the request
request-withdraw-title = Withdraw this request?
request-withdraw-lead = The request is closed and the office does not look at it. It stays on record, and you may begin a new one from what you wrote.
request-withdraw-reason = Reason
request-withdraw-send = Yes, withdraw it
request-withdraw-keep = No, keep it
request-withdrawn-title = You withdrew this request
request-withdrawn-title-other = The applicant withdrew this request
request-withdrawn-text = It was closed without a decision.
request-again-link = Apply again from this one
request-again-title = A new request from an earlier one
request-again-lead = A new draft begins with what still fits from your earlier request: { $answers ->
    [0] no answers
    [one] one answer
   *[other] { $answers } answers
} and { $documents ->
    [0] no documents
    [one] one document
   *[other] { $documents } documents
}. Check them before you send.
request-again-left-out = What no longer fits the service as it is today
request-again-send = Begin the draft
request-again-back = Back to the request
notice-request-withdrawn-subject = You withdrew your request { $number }: { $service }
notice-request-withdrawn-body = Your request for “{ $service }” was closed because you withdrew it. If it was not you, call the office and change your password.
services-state-withdrawn = Withdrawn
desk-history-request-withdrawn = Withdrawn by its applicant
desk-history-appeal-filed = Appeal filed
desk-history-appeal-upheld = Appeal upheld
desk-history-appeal-rejected = Appeal rejected
desk-history-appointment-booked = Collection booked
desk-history-appointment-moved = Collection moved
desk-history-appointment-cancelled = Collection cancelled
desk-history-appointment-handed-over = Output handed over
refusal-request-decided = This request is decided
refusal-request-decided-detail = A request is withdrawn before it is decided. If you disagree with the decision, you may appeal.
refusal-request-reason-too-long = The reason is too long
refusal-request-reason-too-long-detail = Shorten it, then send it again.
refusal-request-still-open = This request is still open
refusal-request-still-open-detail = You apply again from a finished request. Withdraw this one first if you want to start over.

# Archive
archive-all = Download everything (ZIP)
archive-summary = Summary of the request (PDF)
archive-summary-name = Request summary
archive-summary-title = Summary of a request
refusal-archive-busy = The server is busy with other archives
refusal-archive-busy-detail = Try again in a minute. Each file is there on its own on the request’s page.

# Appeals
appeal-title = Appeal
appeal-file = Appeal
appeal-file-delay = Appeal against the delay
appeal-until = Last day to appeal: { $date }
appeal-lead-refusal = The head of the office decides your appeal, never whoever took the decision. This is what you were told:
appeal-lead-delay = The expected date of your request has passed. The head of the office decides your appeal.
appeal-grounds = Why do you appeal?
appeal-grounds-hint = Say what you think is wrong with the decision, and what evidence you have.
appeal-once = You have one appeal against each decision. It is answered in writing within thirty days.
appeal-send = Send the appeal
appeal-back = Back to the request
appeal-open-title = Your appeal is being considered
appeal-open-text = You filed it on { $filed }; the head of the office answers before { $due }.
appeal-upheld-title = Your appeal was upheld
appeal-rejected-title = Your appeal was rejected
appeal-remedy-title = What is left to you
appeal-desk-title = Appeals
appeal-none = No open appeals
appeal-none-text = Every appeal against a refusal or a delay stays here until you decide it.
appeal-against = Against
appeal-against-refusal = Refusal
appeal-against-delay = Delay
appeal-due = Answer before
appeal-filed = Filed
appeal-decider = Decided by
appeal-case-title = An appeal to decide
appeal-grounds-of = What the applicant says
appeal-decision-before = The decision appealed against
appeal-decide = Decide the appeal
appeal-not-yours = The decision was yours, or the appeal is. Somebody else decides it.
appeal-is-decided = This appeal is decided.
appeal-outcome = Decision
appeal-uphold = Uphold the appeal
appeal-uphold-hint = A refused request goes back to the decision with a new time limit.
appeal-reject = Reject the appeal
appeal-reasons = Reasons
appeal-remedy = What is left to the applicant
appeal-remedy-hint = Needed with a rejection: where they may go next, and within how many days.
appeal-decide-send = Issue the decision
appeal-decided-done = The appeal is decided, and the applicant is told.
notice-appeal-filed-subject = An appeal on request { $number }
notice-appeal-filed-body = An appeal awaits you; it is to be answered before { $due_on }.
notice-appeal-received-subject = We received your appeal on request { $number }
notice-appeal-received-body = Your appeal on “{ $service }” has arrived. The head of the office decides it, and you receive the answer in writing before { $due_on }.
notice-appeal-upheld-subject = Your appeal on request { $number } was upheld
notice-appeal-upheld-body = Your appeal on “{ $service }” was upheld: { $reasons } { $remedy }
notice-appeal-rejected-subject = Your appeal on request { $number } was rejected
notice-appeal-rejected-body = Your appeal on “{ $service }” was considered and rejected: { $reasons } What is left to you: { $remedy }
refusal-appeal-not-possible = There is nothing to appeal against
refusal-appeal-not-possible-detail = You appeal against a refusal, or when a request is past its expected date.
refusal-appeal-too-late = The time to appeal has passed
refusal-appeal-too-late-detail = You may apply again, or go to court.
refusal-appeal-repeated = You appealed against this before
refusal-appeal-repeated-detail = There is one appeal against each decision. Its outcome stands on the request’s page.
refusal-appeal-grounds-missing = Write why you appeal
refusal-appeal-grounds-missing-detail = One clear sentence at least, so that whoever decides knows what you object to.
refusal-appeal-reasons-missing = The decision is not complete
refusal-appeal-reasons-missing-detail = Choose an outcome and write its reasons; with a rejection, name what is left to the applicant.
refusal-appeal-decided = This appeal is decided
refusal-appeal-decided-detail = A colleague got there first. The decision stands on the appeal’s page.
refusal-appeal-own-decision = You do not decide an appeal against your own decision
refusal-appeal-own-decision-detail = Somebody else decides it, who did not take the decision.

# Paper copy
copy-title = Paper copy by post
copy-lead = We send you a paper copy of what was issued to you. The electronic document is valid from now on; the copy is the same, with the same verification code.
copy-recipient = Name of the recipient
copy-street = Street and building
copy-city = City
copy-phone = Telephone of the recipient
copy-send = Ask for the copy
copy-back = Back to the request
copy-offer = Want it on paper? We send it by post
copy-asked-line = You asked for a paper copy on { $when }. We tell you when it leaves.
copy-left-line = Your paper copy left on { $when } with { $carrier }, tracking number:
copy-desk-title = Paper copies
copy-tab-waiting = To be sent
copy-tab-dispatched = Sent
copy-none = No copies here
copy-none-text = Copies that applicants ask for by post appear here.
copy-choose = Choose a copy
copy-prints = { $count ->
    [0] not printed yet
    [one] printed once
   *[other] printed { $count } times
}
copy-print = Print the selected
copy-print-hint = One file: for each copy a cover sheet with the address, then its papers. Twenty copies at most.
copy-reprint = Print it again
copy-dispatch = Dispatch
copy-dispatch-send = Record the dispatch
copy-open = Open
copy-carrier = Carrier
copy-tracking = Tracking number
copy-printed = Printing
copy-left = Sent
copy-dispatched-done = The dispatch is recorded, and the applicant has the tracking number.
copy-batch-title = Batch of paper copies
copy-to = To
copy-papers = Documents
copy-cover-note = This envelope holds what was issued to you. Scan the code on each document to verify it.
notice-copy-dispatched-subject = Your paper copy has left: { $service }
notice-copy-dispatched-body = The paper copy for your request { $number } left with { $carrier }. Tracking number: { $tracking }.
desk-history-copy-asked = Paper copy asked for
desk-history-copy-printed = Copy printed
desk-history-copy-reprinted = Copy printed again
desk-history-copy-dispatched = Copy sent
refusal-copy-not-offered = There is no paper copy for this request
refusal-copy-not-offered-detail = Copies are sent once the output is issued, for services whose card says so.
refusal-copy-under-way = You asked for a copy before
refusal-copy-under-way-detail = Your copy is on its way. You may ask for another once it has left.
refusal-copy-address-missing = The address is not complete
refusal-copy-address-missing-detail = Complete what follows, so that the copy arrives.
refusal-copy-nothing-chosen = No copy is chosen
refusal-copy-nothing-chosen-detail = Choose from one to twenty copies.
refusal-copy-carrier-missing = Write the carrier and the tracking number
refusal-copy-carrier-missing-detail = With them the applicant follows the copy.
refusal-copy-dispatched = This copy has left
refusal-copy-dispatched-detail = Its dispatch was recorded before. If it is lost, its applicant asks for another.
refusal-copy-not-printed = This copy is not printed yet
refusal-copy-not-printed-detail = Print it with a batch, then record that it left.
refusal-item-copies = Choose from one to { $detail } copies

# Names of notices
notify-topic-handing-over = Collecting what was issued
notify-topic-handing-over-text = Collection appointments and their reminders, paper copies by post.
notify-topic-appeals = Appeals
notify-topic-appeals-text = That an appeal arrived, and how it was decided.
notice-appointment-booked-name = Collection appointment booked
notice-appointment-moved-name = Collection appointment moved
notice-appointment-soon-name = Reminder of a collection appointment
notice-appointment-handed-over-name = Output handed over
notice-request-withdrawn-name = Request withdrawn
notice-appeal-filed-name = Appeal that awaits you
notice-appeal-received-name = Appeal received
notice-appeal-upheld-name = Appeal upheld
notice-appeal-rejected-name = Appeal rejected
notice-copy-dispatched-name = Paper copy sent
