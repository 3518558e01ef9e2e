
# The desk: the list
desk-places = On the desk
desk-away = Mark me away
desk-back = I am back
desk-away-now = You are marked away, so no rule gives you new requests.
desk-tab-mine = Mine
desk-tab-nobody = Unassigned
desk-tab-answered = Corrected
desk-search = Search by number, name or word
desk-filter-more = More filters
desk-holder = Held by
desk-holder-of-mine = Me
desk-holder-of-nobody = Nobody
desk-holder-of-open = Me or nobody
desk-holder-me = You
desk-holder-nobody = Nobody
desk-due-late = Late
desk-due-today = Within a day
desk-due-week = Within a week
desk-received-from = Delivered from
desk-received-to = Until
desk-sort = Order
desk-sort-urgent = Most urgent first
desk-sort-oldest = Oldest first
desk-sort-newest = Newest first
desk-answered = Corrected
desk-answered-only = Only what its applicant corrected
desk-pick = Select request { $number }
desk-pick-all = Select all
desk-many = What to do with the selected requests
desk-take-many = Take the selected
desk-put-back-many = Put them back
desk-give-to = Hand to a colleague
desk-give = Hand over
desk-moved = { $count ->
    [0] No request changed hands.
    [one] One request changed hands.
   *[other] { $count } requests changed hands.
}
desk-left-out = { $count ->
    [0] Nothing was left out.
    [one] One could not be moved: a colleague has it, or it is done.
   *[other] { $count } could not be moved: colleagues have them, or they are done.
}
desk-state-returned = With its applicant, to correct

# The desk: a case
desk-next = Next request
desk-held-by-me = You hold this request.
desk-held-by-nobody = Nobody holds this request.
desk-held-by = { $name } holds this request.
desk-take = Take it
desk-put-back = Put it back
desk-changed-by = { $name } got there first
desk-show-document = Show it here
desk-document-page = { $what }, page { $page }
desk-all-pages = All pages
desk-download-file = Download the file itself
desk-not-drawn = This file cannot be shown here. Download it to read it.
desk-more-pages = The file has more pages than are shown here. Download it to read them.
desk-case-keys = v all checked, d decide, r ask for a correction, a take, n next, u undo, ? all keys.
desk-done-take = You took request { $number }.
desk-done-put-back = Request { $number } is back in the queue.
desk-done-give = You handed request { $number } to your colleague.
desk-done-ask = Your question about request { $number } was sent.
desk-done-undo = The check of request { $number } was taken back; it is yours again.
desk-history-task-assigned = Changed hands
desk-history-advice-asked = Advice asked
desk-history-advice-given = Advice given
desk-history-request-verification-undone = Check taken back before anybody relied on it
desk-history-request-assisted = Entered by an officer for the applicant

# Views that are kept
view-title = Your views
view-keep = Keep this view under a name
view-name = Name
view-shared = For everybody at the body
view-everybodys = everybody’s
view-save = Keep
view-forget = Forget the view

# Who read
reading-title = Who read this request
reading-mine-title = Who read your data
reading-mine-lead = Every officer who opens your request is recorded with name, reason and time, in a log that cannot be altered.
reading-none = No officer has opened the request yet.
reading-purpose-task = To work on the request
reading-purpose-own-work = To follow up their own work on it
reading-purpose-advice = Their advice was asked
reading-purpose-oversight = To oversee the body’s work
reading-purpose-assisted = Entered the request for the applicant

# Advice
advice-title = Advice
advice-empty = Nobody waits for your advice
advice-empty-text = When a colleague asks you about a request, the question appears here.
advice-on-case = Advice
advice-asked-by = { $name } asked
advice-due = Answer by { $day }
advice-answer = Your answer
advice-give = Send the answer
advice-ask = Ask a colleague or a unit
advice-of = Whom
advice-question = Question
advice-days = Within how many days
advice-not-binding = Advice binds nobody; whoever decides, decides. Everybody who works on the request sees it.
advice-send = Ask
notice-advice-asked-subject = Your advice is asked on request { $number }
notice-advice-asked-body = A colleague asks you about a request for “{ $service }”. Open the request to read the question and answer it.

# Canned texts
canned-title = Canned texts
canned-lead = Sentences that you write once and your officers send often. The applicant gets them in their own language.
canned-known = Texts
canned-empty = No texts yet
canned-empty-text = Write the first one, and your officers find it under each item.
canned-new = New text
canned-edit = Edit
canned-remove = Remove
canned-remove-confirm = The text disappears from your officers’ desks. What was sent of it stays as it was sent.
canned-save = Save the text
canned-use = Used for
canned-use-correction = Asking for a correction
canned-use-refusal = The reason of a refusal
canned-use-measures = The measures that will be taken
canned-name-ar = Name in Arabic
canned-name-en = Name in English
canned-words-ar = Text in Arabic
canned-words-en = Text in English
canned-placeholders = What fills itself in
canned-placeholder-applicant = The applicant’s name
canned-placeholder-number = The request’s number
canned-placeholder-service = The service’s name
canned-placeholder-item = The item to be corrected
canned-pick = Canned text
canned-pick-for = Canned text: { $what }

# Assignment
assignment-title = Assignment
assignment-lead = A rule gives each new request to an officer who is there. What comes back corrected goes to whoever had it.
assignment-rules = Rules
assignment-none = No rule yet: officers take what they choose.
assignment-every-service = Every service
assignment-desk = Desk
assignment-desk-officer = Checking
assignment-desk-decider = Deciding
assignment-way = How
assignment-way-by-hand = By hand
assignment-way-by-hand-hint = Officers take what they choose.
assignment-way-round-robin = In turn
assignment-way-round-robin-hint = One request each, one after the other.
assignment-way-least-load = To the least loaded
assignment-way-least-load-hint = To whoever has the fewest open requests.
assignment-service-hint = Leave it empty for every service without a rule of its own.
assignment-members = People at the body
assignment-away = Away
assignment-set = Set a rule
assignment-save = Save the rule

# What is said when an act of the desk is not accepted
refusal-data-purpose-missing = This request is not on your desk
refusal-data-purpose-missing-detail = People’s data are opened for a purpose: a request on your desk, one that you worked on, or one that you were asked about. If it concerns you, ask the head of your unit to assign it to you.
refusal-desk-taken = A colleague got there first
refusal-desk-taken-detail = It changed hands while you looked at it. You see it now as it is.
refusal-desk-nothing-open = There is nothing open on this request
refusal-desk-nothing-open-detail = It was done, or the request moved on to another desk.
refusal-desk-not-there = It cannot be handed to this officer
refusal-desk-not-there-detail = They are away or do not sit at this desk. Choose a colleague who is there.
refusal-desk-nobody-chosen = Choose who gets it
refusal-desk-nobody-chosen-detail = Choose a colleague in the list, then press “Hand over”.
refusal-desk-nothing-picked = No request is selected
refusal-desk-nothing-picked-detail = Tick the requests that you mean, then press what to do with them.
refusal-desk-head-only = This page is for heads of units
refusal-desk-head-only-detail = The head of the unit sets rules and texts and reads the load. Ask them for what you need.
refusal-request-undo-too-late = It is too late to take it back
refusal-request-undo-too-late-detail = A check is taken back within ten seconds, before anybody else works on it. Whoever decides can return the request for correction.
refusal-view-too-many = You have saved as many views as you can
refusal-view-too-many-detail = Forget one that you do not use, then keep this one.
refusal-view-name-missing = Name the view
refusal-view-name-missing-detail = Write a short name by which you know it.
refusal-advice-incomplete = Complete the question
refusal-advice-incomplete-detail = Say whose advice you ask, and about what.
refusal-advice-given = This was answered
refusal-advice-given-detail = A colleague answered before you; you read it on the request.
refusal-canned-incomplete = Complete the text
refusal-canned-incomplete-detail = Name and text are written in Arabic and in English, and what stands between braces is taken from the list.
refusal-canned-changed = The text changed while you wrote
refusal-canned-changed-detail = A colleague changed or removed it. What you typed is still here.
refusal-assignment-unknown = This choice is not known
refusal-assignment-unknown-detail = Choose desk, service and way from the list.
refusal-item-not-there = Away, or not at this desk

# A batch of decisions
batch-approve = Approve the selected
batch-refuse = Refuse the selected
batch-title = Batch of decisions
batch-preview-approve = Approve selected requests
batch-preview-refuse = Refuse selected requests
batch-will = { $count ->
    [0] Nothing will be decided.
    [one] One request for “{ $service }” will be decided.
   *[other] { $count } requests for “{ $service }” will be decided.
}
batch-chosen = What will be decided
batch-each-alone = Each decision stands in the ledger by itself, and each applicant is told. What does not succeed says why and holds up nothing else.
batch-confirm-approve = Approve all of them ({ $count })
batch-confirm-refuse = Refuse all of them ({ $count })
batch-back = Back to the desk
batch-none = Nothing that you selected can be decided this way now.
batch-left-title = Left out ({ $count })
batch-left-unknown = It is not on your desk.
batch-left-different = Another service or another stage. Select requests of one service.
batch-left-not-now = It cannot be decided this way now, or not by you.
batch-left-held = A colleague holds it.
batch-left-number = It gets a decision number of its own, so it is decided by itself.
batch-running = Running: { $through } of { $all }. The page updates itself; you can leave it.
batch-ended = Finished: { $done } of { $all } were decided.
batch-waits = Waits its turn
batch-done = Done
batch-not-done = Not done
refusal-batch-act-unknown = This is not done in batches
refusal-batch-act-unknown-detail = Requests are approved or refused in batches. Checking is done for each by itself, by somebody who looked at it.

# Assisted entry
assisted-title = Apply for somebody
assisted-lead = For somebody who is here and cannot apply alone. The request is entered in the portal and nowhere else; it is marked with your name, the reason and the person’s consent, and they see it among their requests.
assisted-identifier = National number of who is here
assisted-identified-by = How you identified them
assisted-identified-by-hint = The document they showed and its number, as: identity card 1234567
assisted-reason = Why you enter it for them
assisted-reason-hint = As: blind, or has no telephone.
assisted-consent = I told them what I shall do, and they agree that I enter the request for them
assisted-go-on = Go on
assisted-for = For { $name }
assisted-declaration = I read them the statement of responsibility, and they accept it
assisted-send = Send the request for them
assisted-mark = { $officer } entered this request for its applicant, with their consent. Reason: { $reason }
refusal-assisted-incomplete = Complete what is missing
refusal-assisted-incomplete-detail = Nothing is entered for anybody without a service, a reason and the document that they showed.
refusal-assisted-consent-missing = Nothing is entered without consent
refusal-assisted-consent-missing-detail = Tell the person what you will do, then tick that they agree. If they do not, nothing is entered.
refusal-assisted-unidentified = We do not know this number
refusal-assisted-unidentified-detail = Check the national number on their document. Who has no record on the platform registers first.
refusal-assisted-own = Apply on your own page
refusal-assisted-own-detail = Officers do not enter requests for themselves. Apply like everybody else.
refusal-assisted-entered = This request was sent
refusal-assisted-entered-detail = You find it on the desk under its number.
refusal-assisted-officers-only = Assisted entry is for officers who check
refusal-assisted-officers-only-detail = A request is entered for somebody else by an officer of the office that provides the service, in the portal and nowhere else.

# Load
load-title = Workload
load-who = Who has what
load-open = Open
load-move = Move
load-show = Show and move
load-carried = Open requests of each officer
load-open-late = { $open }, of which { $late } late
load-days = What came and what was decided, day by day
load-received = Came
load-closed = Decided
load-stages = How long a request stays at each stage (average of the last thirty days)
load-hours = { $hours } hours ({ $count ->
    [one] one request
   *[other] { $count } requests
})
notice-advice-asked-name = Your advice is asked
notify-topic-desk = Your work at the desk
notify-topic-desk-text = What colleagues at your office ask of you.
desk-with = with { $name }
load-minutes = { $minutes } minutes ({ $count ->
    [one] one request
   *[other] { $count } requests
})
desk-place-bodies = Bodies
desk-place-staff-directory = Staff directory
desk-place-devices = Devices
desk-place-networks = Private networks
desk-place-policies = Policies
desk-place-directory = Directory of services
