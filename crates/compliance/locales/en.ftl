# Texts of the compliance pages: the list, and the page of one control.
controls-title = Compliance with the regulations
controls-lead = { $count ->
    [one] One control in the documents in force: where the platform enforces it, and which test proves it.
   *[other] { $count } controls in the documents in force. For each: where the platform enforces it, and which test proves it.
}
controls-honest = { $count ->
    [0] A control counts as enforced only with a place in the program and a passing test that proves it. None does so far.
   *[other] A control counts as enforced only with a place in the program and a passing test that proves it. Enforced now: { $count }.
}
controls-list = The controls
controls-strip = { $enforced } of { $total } enforced
controls-strip-percent = { $percent }% enforced
controls-strip-partial = { $count } in part
controls-strip-planned = { $count } planned
controls-found = { $count ->
    [0] No control fits your choice
    [one] One control
   *[other] { $count } controls
}
controls-none = No control fits your choice
controls-none-text = Try other words, or take away some of what you chose.
controls-none-action = Show all controls
controls-id = Number
controls-duty = Duty
controls-filter-q = Words, or the number of a control
controls-filter-pack = Document
controls-filter-module = Area
controls-filter-enforcement = How it is enforced
controls-filter-state = State
controls-document = Document
controls-article = Article
controls-actor = Who is bound
controls-word-meaning = { $word }: { $meaning }
controls-missing = Still missing: { $what }
controls-numbers = Numbers in force
controls-number = Number
controls-value = Value
controls-value-open = To be set by the body before it starts
controls-source = Source
controls-basis-stated = Stated by the document
controls-basis-proposed = Proposed by us; the document leaves it open
controls-basis-mandatory = Left to the body by the document
controls-tighten = The strictest value of all documents is in force. A body may tighten it, never loosen it.
controls-codes = Refusal codes
controls-where = Where it is enforced
controls-where-none = It has no place in the program yet.
controls-tests = What proves it
controls-tests-none = No test proves it yet.
controls-shows = What the running software must show

controls-state-enforced = Enforced
controls-state-enforced-meaning = It has a place in the program and a test that proves it.
controls-state-partial = In part
controls-state-partial-meaning = Some of it is there, some is not finished.
controls-state-planned = Planned
controls-state-planned-meaning = Nothing of it is done yet.
controls-state-reference = Reference
controls-state-reference-meaning = It explains others and is not enforced by itself.

controls-enforcement-prevent = Prevents
controls-enforcement-prevent-meaning = The software refuses what breaks it and cites the article.
controls-enforcement-do = Does
controls-enforcement-do-meaning = The software performs it.
controls-enforcement-detect = Detects
controls-enforcement-detect-meaning = The software notices a breach and alerts.
controls-enforcement-record = Records
controls-enforcement-record-meaning = The software keeps the evidence.
controls-enforcement-attest = Attestation
controls-enforcement-attest-meaning = A person confirms it when it is due, and the software reminds.
controls-enforcement-reference = Reference
controls-enforcement-reference-meaning = There is nothing to do.

controls-module-audit = Audit
controls-module-backup = Backup
controls-module-channel = Integration channel
controls-module-compliance = Compliance
controls-module-correspondence = Correspondence
controls-module-devices = Devices
controls-module-directory = Service directory
controls-module-documents = Documents
controls-module-forms = Forms
controls-module-identity = Identity
controls-module-licences = Licences
controls-module-mail = Official mail
controls-module-monitoring = Monitoring
controls-module-notifications = Notifications
controls-module-organisations = Bodies
controls-module-participation = Participation
controls-module-payments = Payments
controls-module-registers = Trusted sources
controls-module-remotework = Remote work
controls-module-requests = Requests
controls-module-social = Social media
controls-module-support = Support
controls-module-training = Training

controls-span-seconds = { $count ->
    [0] at once
    [one] one second
   *[other] { $count } seconds
}
controls-span-minutes = { $count ->
    [0] at once
    [one] one minute
   *[other] { $count } minutes
}
controls-span-hours = { $count ->
    [0] at once
    [one] one hour
   *[other] { $count } hours
}
controls-span-days = { $count ->
    [0] at once
    [one] one day
   *[other] { $count } days
}
controls-span-working-days = { $count ->
    [0] at once
    [one] one working day
   *[other] { $count } working days
}
controls-span-weeks = { $count ->
    [0] at once
    [one] one week
   *[other] { $count } weeks
}
controls-span-months = { $count ->
    [0] at once
    [one] one month
   *[other] { $count } months
}
controls-count-alerts = { $count ->
    [one] one alert
   *[other] { $count } alerts
}
controls-count-factors = { $count ->
    [one] one factor
   *[other] { $count } factors
}
controls-count-entries = { $count ->
    [one] one entry
   *[other] { $count } entries
}
controls-count-persons = { $count ->
    [one] one person
   *[other] { $count } persons
}
controls-count-clicks = { $count ->
    [one] one click
   *[other] { $count } clicks
}
controls-count-articles = { $count ->
    [one] one article
   *[other] { $count } articles
}
controls-count-recipients-an-hour = { $count ->
    [one] one recipient an hour
   *[other] { $count } recipients an hour
}
controls-count-percent-of-a-mailbox = { $count }% of a mailbox

refusal-policy-weaker-than-baseline = This value is weaker than the regulations demand
refusal-policy-weaker-than-baseline-detail = A body may tighten a value, never loosen it. Choose one that is as strict or stricter.
refusal-policy-value-invalid = The value cannot be read
refusal-policy-value-invalid-detail = Write a number with its unit, as in the value in force.
refusal-item-parameter-weaker = The value in force: { $detail }
refusal-item-parameter-value = Write it like the value in force: { $detail }
controls-download = Download this list of controls
