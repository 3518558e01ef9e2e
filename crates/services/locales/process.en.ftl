
# The process of a service: its stages, and who acts at each
task-kind-opinion = Finding or opinion
desk-tab-opinion = For an opinion
desk-done-pass-on = Done: request { $number } went on to its next stage.
desk-pass-on = Pass on: { $stage }
desk-words = What you found or think
desk-words-hint = Whoever decides will read it. Say what you inspected or relied on, then your opinion.
desk-opinions = Written at earlier stages
desk-history-request-passed-on = Passed on to the next stage
refusal-request-opinion-missing = Write what you found before passing it on
refusal-request-opinion-missing-detail = This stage asks for a written finding. Write at least a sentence, then pass the request on.
refusal-process-missing = This service has no process yet
refusal-process-missing-detail = No e-service is offered without a process that runs electronically. Add its stages, and the procedure before and after it was re-engineered.
refusal-process-invalid = This process cannot be carried out as it is
refusal-process-invalid-detail = Mend what follows in its stages, then publish again.
refusal-process-legal-review-missing = No legal reviewer has attested this process
refusal-process-legal-review-missing-detail = A process comes into force once a legal reviewer, not its author, attests by name that it contravenes no law.
refusal-forms-required = This service has no request form
refusal-forms-required-detail = No service is published without one. Add its form, then publish again.
refusal-item-no-stages = The process has no stages. Add at least a first one.
refusal-item-stage-twice = Another stage has this identifier. Give each stage its own.
refusal-item-start-not-a-desk = A process starts on somebody’s desk, in the state “being checked”.
refusal-item-title-missing = Name the stage in Arabic and in English.
refusal-item-party-missing = Nobody is in charge of this stage. Name the role that acts here.
refusal-item-moves-after-end = This stage is an end, and no request leaves it. Remove what follows it, or change its state.
refusal-item-dead-end = A request gets here and never leaves. Add what follows.
refusal-item-move-twice = The act “{ $detail }” stands here more than once. Keep one.
refusal-item-act-of-others = The act “{ $detail }” does not belong to whoever is in charge of this stage.
refusal-item-unknown-target = The stage leads to “{ $detail }”, and no stage has that identifier.
refusal-item-wrong-target = This act cannot lead to the stage “{ $detail }”.
refusal-item-clock-not-positive = Make the time limit at least one working day.
refusal-item-unreachable = No request ever gets to this stage. Connect it, or remove it.
refusal-item-no-end = From this stage a request never reaches an end. Add a way to completion or refusal.
refusal-item-loop-without-applicant = From this stage a request comes back to it without the applicant having done anything. Cut the circle.
refusal-item-granted-unverified = Approval can be given here before the data are verified. Put the verification before it on every way.
refusal-item-unknown-output = The output “{ $detail }” is not on the service’s card.
refusal-item-output-never-made = No stage makes this output.
refusal-item-document-never-checked = Nobody checks this required document.
refusal-item-clocks-exceed-promise = The stages’ time limits add up to more than the card promises ({ $detail } working days).
refusal-item-body-unknown = No body has this identifier: { $detail }.
refusal-item-nobody-can-act = Nobody holds the role that this stage needs at { $detail }. Record an appointment first.

# The page of a process
process-title = How this service is carried out
process-picture = The stages of { $service }, drawn
process-version = version { $version }
process-not-in-force = , not in force yet
process-unattested = No legal reviewer has attested it yet.
process-attested = Legally reviewed by { $name }.
process-attest = I attest that it contravenes no law
process-attest-text = Your attestation is recorded with your name and the time; without it the process does not come into force.
process-flaws = What keeps it from coming into force
process-course = The course
process-stages = The stages in detail
process-stage = Stage
process-party = In charge
process-limit = Time limit
process-ways = What follows
process-way = { $act }: { $stage }
process-days = { $count ->
    [one] one working day
   *[other] { $count } working days
}
process-silence-remind = { $count ->
    [one] a reminder after one working day
   *[other] a reminder after { $count } working days
}
process-silence-escalate = { $count ->
    [one] the head is told after one working day
   *[other] the head is told after { $count } working days
}
process-silence-act = { $count ->
    [one] undecided after one working day, it goes by law to: { $stage }
   *[other] undecided after { $count } working days, it goes by law to: { $stage }
}
process-change = What has changed
process-before = Before it was re-engineered
process-after = Now
process-play = Try a request
process-play-text = An imagined request passes the stages from now on, each in its last moment by its body’s calendar. Nothing is written.
process-from-until = { $from } to { $until }
process-play-button = Show the course
process-path = How the request goes
process-path-granted = granted at every stage
process-path-corrected = returned once, then granted
process-path-refused = refused
process-path-silent = nobody acts where the law answers
process-by-law = By law: { $act }
process-act-verify = once verified
process-act-pass-on = passed on
process-act-send-back = returned for correction
process-act-resubmit = once corrected
process-act-approve = approved
process-act-refuse = refused
process-act-issue = issued

# Messages on a request
message-title = Messages on the request
message-words = Your message
message-words-hint = Ask or say what you need to. The request stays where it is, and so do its time limits.
message-send = Send
message-none = No messages on this request yet.
message-mine = You
message-applicant = { $name } (applicant)
message-desk = { $name } (office)
message-earlier = Earlier messages
desk-history-request-message = A message was written
desk-history-process-attested = Legally attested
notice-request-message-subject = A message on your request { $number }: { $service }
notice-request-message-body = The office has written to you on your request “{ $service }”. Open it to read and answer.
notice-request-message-name = a message from the office on a request
refusal-message-closed = This request is closed
refusal-message-closed-detail = Nobody writes on a closed request. If you are not satisfied with the outcome, appeal or complain from its page.
refusal-message-words-missing = Write your message
refusal-message-words-missing-detail = A message is words: two to two thousand characters.
refusal-message-document-unknown = We do not find this document
refusal-message-document-unknown-detail = Enclose documents that you uploaded yourself. Upload the file again, then send.
refusal-message-documents-too-many = Too many documents
refusal-message-documents-too-many-detail = Enclose five documents at most with one message.
process-link = The whole course, each stage’s time limit, and what has changed
legal-title = Legal review
legal-lead = Processes that wait for you to attest, by name, that they contravene no law. No version is published before that.
legal-empty = No process waits for your review
legal-empty-text = The process of every service that is registered or updated shows here before it is published.
legal-empty-way = Browse services and their processes
legal-since = registered on { $date } ({ $ago })
legal-new = New service
legal-change = Update
refusal-process-no-reviewer = This page is for legal reviewers
refusal-process-no-reviewer-detail = Processes are reviewed by those appointed as legal reviewers at the competent administration or at the provider.
