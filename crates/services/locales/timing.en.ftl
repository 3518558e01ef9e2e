# Time: what is told of a request's end, reminders, the delay report.
notice-request-delayed-name = a delay, with the new date
notice-request-delayed-subject = Your request { $number } is delayed; the new date is { $expected_on }
notice-request-delayed-body = Your request “{ $service }” was not finished on the date you were given. We now expect it on { $expected_on }, and the head of the office has been told. You need do nothing.
notice-request-remind-name = a reminder that a correction is waiting for you
notice-request-remind-subject = Your request { $number } is still waiting for your correction
notice-request-remind-body = The office returned your request “{ $service }” and has not had your correction yet. Open it, correct what is asked and send it again.
notice-timer-remind-name = a request whose time is running out
notice-timer-remind-subject = Time is running out for request { $number }: { $stage }
notice-timer-remind-body = Request { $number } for “{ $service }” is at “{ $stage }”, and the time for this stage is nearly over. Open it and do what is needed.
notice-timer-escalated-name = a request whose stage is out of time
notice-timer-escalated-subject = Request { $number } is out of time: { $stage }
notice-timer-escalated-body = Request { $number } for “{ $service }” stayed at “{ $stage }” until its time was over. See what holds it up and who can finish it.
notice-timer-late-name = a request that will miss its date
notice-timer-late-subject = Request { $number } will miss its date
notice-timer-late-body = Request { $number } will not be finished on the date its applicant was given. They have been given a new one, { $expected_on }, and the request is in the delay report.
notify-topic-deadlines = Time limits on your desk
notify-topic-deadlines-text = Reminders of what is nearly due and of what is out of time.

delays-title = Delay report
delays-lead = Requests that were not, or will not be, finished on the date their applicants were given. A request enters the report the moment its applicant is told the new date, and stays after it is closed.
delays-lead-all = Requests of every body that were not, or will not be, finished on the date their applicants were given. A request enters the report the moment its applicant is told the new date, and stays after it is closed.
delays-list = Delayed requests
delays-body = Body
delays-holder = With
delays-due = First date
delays-expected = New date
delays-state = State
delays-state-open = Not finished yet
delays-state-closed = Closed
delays-closed = Closed
delays-with-applicant = The applicant
delays-empty = No request is delayed
delays-empty-text = Every request was finished, or is expected to be, on its date.
delays-empty-narrowed = There may be delayed requests outside this choice.
refusal-delays-not-yours = The delay report is not open to you
refusal-delays-not-yours-detail = It is for the head of the body and for the competent administration. Ask the head of your office for what you need from it.

timing-usual-between = Usually { $half } to { $most } working days
timing-usual-within = { $most ->
    [one] Usually within one working day
   *[other] Usually within { $most } working days
}
timing-usual = Usual time
timing-usual-meaning = Of ten requests, five are finished within the first figure and nine within the second. The time an applicant takes to correct is not in it.
timing-few = Too few requests so far to say how long it usually takes; this is the directory’s own time.
timing-delayed = It was due on { $due } and will not be finished then. The new date is { $date }.
