
# Editing the process of a service
proposal-part-process = Process
proposal-part-process-hint = The stages of a request from its arrival to its end: who acts at each, within how many days, and where each act leads. Every change is kept as a draft; nothing comes into force before it is attested and published.
process-edit-standard = This is the standard process in the words of the card. Your first change makes it this service’s own.
process-edit-stages = Stages
process-edit-stages-hint = In the order in which a request goes; every request begins at the first. Open a stage to change it.
process-edit-nameless = A stage without a name
process-edit-title = Name of the stage
process-edit-holder = Who holds the request, as its applicant reads it
process-edit-who = Who acts here
process-edit-applicant = The applicant
process-edit-system = The platform
process-edit-body = At another body
process-edit-body-hint = Leave it empty for the body of the service.
process-edit-state = State that the applicant sees
process-edit-limit = Time limit in working days
process-edit-limit-hint = { $promise ->
    [none] Left empty, what the card promises holds.
   *[other] Whoever is in charge is reminded a day before its end. Left empty, what the card promises holds: { $promise }.
}
process-edit-ways = What can be done here, and where it leads
process-edit-way = Way
process-edit-act = Act
process-edit-to = Leads to
process-edit-gone = { $stage } (removed)
process-edit-way-words = The button’s words, and what must be written
process-edit-way-title = Words of the button, where the act’s name does not say enough
process-edit-way-asks = What whoever acts here must write
process-edit-add-way = Add a way
process-edit-remove-way = Remove this way
process-edit-outputs = What is issued at this stage
process-edit-outputs-hint = If nothing is chosen, everything on the card is issued.
process-edit-silence = If nobody acts: reminder, escalation, what the law answers
process-edit-then = What happens
process-edit-then-remind = Whoever is in charge is reminded
process-edit-then-escalate = A higher role is told
process-edit-then-act = The law answers in their place
process-edit-after = After how many working days
process-edit-escalate = The role that is told
process-edit-lapse = What the law takes as done
process-edit-stage-basis = Legal basis of this stage, where it is another
process-edit-up = Move up
process-edit-down = Move down
process-edit-add-stage = Add a stage
process-edit-remove-stage = Remove this stage
process-edit-remove-row = Remove
process-edit-words = Law, steps and rights
process-edit-law = Legal basis of the process
process-edit-delivery-title = What the arrival is called
process-edit-delivery-holder = Who takes it in
process-edit-before = Steps before the procedure was re-engineered
process-edit-after-list = Steps now
process-edit-rights = Rights of the applicant
process-edit-obligations = Duties of the applicant
process-edit-row = { $what }, { $number }
process-edit-beside = Saved, checked and drawn
process-edit-save = Save
process-edit-undo = Undo the last change
process-edit-to-standard = Back to the standard process
process-edit-to-standard-sure = The standard process replaces what you wrote here. You can undo it afterwards.
process-edit-whole = The process can be carried out as it is.
process-edit-findings = { $count ->
    [one] Mend this before you submit
   *[other] Mend these { $count } before you submit
}
process-edit-differs = { $count ->
    [0] No difference from the version in force
    [one] One difference from the version in force
   *[other] { $count } differences from the version in force
}
process-edit-same = The process is as it is in the version in force.
process-edit-files = Take the process as a file that you can read and edit, or hand one in to replace what is here. You can undo it afterwards.
process-edit-toml = TOML file
process-edit-json = JSON file
change-aspect-silence = if nobody acts
change-aspect-outputs = what is issued
change-aspect-before = steps as they were
change-aspect-after = steps now
refusal-process-nothing-to-undo = There is nothing to undo
refusal-process-nothing-to-undo-detail = The process is as it was when the draft was begun, or at the last step that was kept.

# Playing a process with people who do not exist
process-play-person = Whose request?
process-person = { $name }: { $told }
process-door = At the door
process-door-yes = Yes
process-door-no = No
process-door-electronic = The service is offered electronically.
process-door-guardian = They are a minor, so a guardian applies in their name.
process-door-mandate = Their mandate for the company is registered and in force.
process-door-audience = The service is for people like them.
process-door-assurance = Their identity is as sure as the service asks.
process-why-only-way = No other way leads on from here.
process-why-forward = Of several ways, this one leads to completion.
process-why-returned = This play returns the request once.
process-why-refused = This play ends in a refusal.
process-why-by-law = Nobody acted in time, so the law answered.
process-why-end = The request has ended.
process-told = Notice to { $who }: { $what }
process-edit-play = Play it with people who do not exist
process-play-unfinished = Something keeps this process from being carried out; the play stops where no way leads on.
proposal-id-registered = The identifier of a registered service; it does not change.
refusal-directory-id-registered = The identifier of a registered service does not change
refusal-directory-id-registered-detail = This card is a version of a registered service. To register another service, begin a new card.
refusal-item-id-registered = The registered identifier: { $detail }
