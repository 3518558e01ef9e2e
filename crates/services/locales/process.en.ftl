
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
