## Repeating rows
form-row = Row
form-row-add = Add: { $row }
form-row-up = Move up
form-row-down = Move down
form-row-copy = Duplicate
form-row-remove = Remove
form-rows-of = { $count } of at most { $max }
form-rows-paste = Paste from a spreadsheet
form-rows-paste-hint = Copy the cells of a spreadsheet and paste them here, one row on each line, the columns in this order:
form-rows-paste-do = Add these rows
form-computed-empty = Worked out from your answers
form-cell = { $group }, { $row }
## What changed in a form
form-change-added = New question: { $title }
form-change-removed = No longer asked: { $title }
form-change-required = Now required: { $title }
form-change-optional = Now optional: { $title }
form-change-changed = Changed: { $title }
draft-moved-title = This form changed after you began
draft-moved = Your answers were carried to the new version. Look at what changed before you send. What is no longer asked is kept and will not be sent.
draft-moved-read = I have read what changed
## Two devices
draft-other = You answered this on another device at { $time }: { $value }
draft-other-take = Use that answer
draft-other-elsewhere = You answered some of these questions on another device. Load the page again to see both answers.
draft-kept-here = You are offline. Your answers are kept on this device and sent when the connection is back.
## Why rules are not published
refusal-forms-rule-invalid = Some rules of the form are not right
refusal-forms-rule-invalid-detail = Mend each rule that is named, then send the form again.
refusal-item-rule-syntax = The rule is not written correctly: { $detail }
refusal-item-rule-unsupported = Not available in rules of forms: { $detail }
refusal-item-rule-unknown-field = There is no question with this name: { $detail }
refusal-item-rule-type = The types do not agree: { $detail }
refusal-item-rule-cycle = Questions that wait for each other: { $detail }
refusal-item-rule-unreachable = A condition that can never hold
refusal-item-rule-too-long = The rule is longer than { $detail } characters
refusal-item-rule-too-deep = Brackets stand in each other more than { $detail } times
refusal-item-rows-too-few = Add rows until there are at least { $detail }
refusal-item-rows-too-many = Remove rows until there are no more than { $detail }
## Agreeing on forms
refusal-forms-paper-only = Some forms of the service exist on paper alone
refusal-forms-paper-only-detail = Turn each form that is named into an electronic one, then publish the service.
refusal-forms-co-approval = The provider has not agreed to this version of the form
refusal-forms-co-approval-detail = A new version goes live only when the provider and the competent administration both agree. Ask the provider first.
refusal-forms-already-live = This version is live
refusal-forms-already-live-detail = The approval of a live version is not taken back. Register a new version to change the form.
refusal-item-untranslated = The English text is missing
refusal-item-untitled = A question without a title
refusal-item-step-too-long = This step has more than { $detail } questions
## What the request needs
draft-checklist = What this service needs
draft-checklist-from = from { $source }
draft-checklist-given = Complete
draft-checklist-open = Still open
draft-checklist-optional = Optional
draft-source-persons = the register of persons
draft-source = Taken from { $source }. Change it if it is not right.
draft-days-left = This draft is deleted unless you complete it before { $date }
form-paper = Paper forms turned electronic
form-paper-share = { $converted } of { $all }
