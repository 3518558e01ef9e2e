# Texts of the shell, the components and the refusals. Arabic is the source; English follows it.

web-wordmark = ديوان
web-skip = Skip to the content
web-demo = This is a trial copy: nothing in it is real.
web-search-label = Search the services
web-search-placeholder = What do you want to get done?
web-search-button = Search
web-nav-label = Your account
web-nav-desk = Desk
web-nav-inbox = Inbox
web-nav-unread = { $count ->
    [one] new message
   *[other] new messages
}
web-nav-account = Account of
web-nav-sign-in = Sign in
web-footer-label = About this platform
web-footer-controls = Compliance
web-footer-standards = Standards and policies
web-footer-verify = Verify a document
web-footer-accessibility = Accessibility
web-footer-api = API
web-footer-gallery = Component gallery
web-footer-open = open-source platform
web-theme = Theme
web-theme-auto = Automatic
web-theme-light = Light
web-theme-dark = Dark
web-digits = Digits
web-keys-title = Keyboard shortcuts
web-keys-help = Show this list
web-keys-search = Go to the search
web-keys-move = Next and previous request
web-keys-open = Open the request
web-keys-decide = Tick all as checked, or go to the decision
web-keys-return = Ask for a correction of the item
web-keys-take = Take the request; go to the next one
web-keys-undo = Take back what you just did
web-keys-on = Use single keys
web-keys-close = Close
web-close = Close
web-confirm-title = Are you sure?
web-confirm-yes = Yes, go on
web-confirm-no = No, go back
web-by-article = By article:
web-incident = Incident number:

# Fields
web-optional = optional
web-choose = Choose
web-legal-basis = Legal basis
web-from-register = from { $source }
web-change = Change
web-change-what = Change { $what }
web-faults-title = { $count ->
    [one] Correct this to go on
   *[other] Correct these { $count } things to go on
}
web-fault = Error:
web-saved = Saved
web-saved-at = Saved { $time }
web-saving = Saving
web-not-saved = Not saved yet
web-file-hint = Accepted: { $types }. At most { $size }.
web-date-day = Day
web-date-month = Month
web-date-year = Year
web-show-password = Show the password

# Steps and course
web-stepper = Steps of the request
web-step = Step { $step } of { $steps }
web-step-done = done
web-step-now = current step
web-step-next = not started
web-timeline = Course of the request
web-timeline-done = Done
web-timeline-now = Now
web-timeline-next = Next

# Tags
web-tag-done = Done
web-tag-waiting = Waiting
web-tag-needs-you = Needs you
web-tag-refused = Refused

# Tables and lists
web-sort-up = sorted ascending
web-sort-down = sorted descending
web-filter = Filter
web-filter-apply = Apply
web-filter-clear = Clear all
web-filter-remove = Remove { $what }
web-pages = Pages of the list
web-page-first = First
web-page-next = Next
web-page-previous = Previous
web-results = { $count ->
    [0] No results
    [one] One result
   *[other] { $count } results
}
web-breadcrumbs = Where you are
web-home = Home

# Card
web-card-fee = Fee
web-card-free = No fee
web-card-time = Time

# After sending, copying, printing
web-copy = Copy the number
web-copied = Copied
web-print = Print

# Notices
web-notice-info = Information
web-notice-warn = Note
web-notice-refusal = Refused
web-notice-done = Done
web-undo = Undo
web-chart-table = Show the figures as a table
web-qr = Verification code
web-offline = You are offline. What you typed is still here; press again when the connection is back.
web-loading = Loading
web-gallery-title = Component gallery
web-gallery-lead = Every component in every state. Pages are built from these and nothing else.

# Refusals by kind
web-refusal-not-identified = Sign in to go on
web-refusal-not-identified-detail = This page belongs to a person. After you sign in you come back to where you were.
web-way-not-identified = Sign in
web-who-may = This is open to:
web-refusal-not-allowed = You may not do this
web-refusal-not-allowed-detail = If it is part of your work, ask your body's administrator for access.
web-way-not-allowed = Back to the home page
web-refusal-not-found = We did not find this page
web-refusal-not-found-detail = It may have moved, the address may be wrong, or it is not yours to see. Try the search.
web-way-not-found = Back to the home page
web-refusal-conflict = This is not possible now
web-refusal-conflict-detail = Something changed since you opened the page, or another step must come first. Open the page again to see how things stand.
web-way-conflict = See how things stand
web-refusal-too-large = Larger than allowed
web-refusal-too-large-detail = Make the file smaller or split it, then send it again.
web-way-too-large = Go back
web-refusal-invalid = Some of what you sent needs correcting
web-refusal-invalid-detail = Correct what is listed, then send again.
web-way-invalid = Go back and correct
web-refusal-too-many = Too many attempts in a short time
web-refusal-too-many-detail = Wait a moment and try again. Nothing was lost.
web-way-too-many = Try again
web-refusal-unavailable = The service is not available now
web-refusal-unavailable-detail = We are bringing it back. Try again in a minute. What you saved is still there.
web-way-unavailable = Try again

# Refusals by code
refusal-web-broken = Something went wrong on our side
refusal-web-broken-detail = We apologise. The error was recorded and will be dealt with. If it happens again, give support the incident number.
refusal-web-broken-way = Try again
refusal-web-cross-site = We did not accept this because it came from another site
refusal-web-cross-site-detail = Open the page on this platform itself and try again. This keeps other sites from acting in your name.
refusal-web-timeout = This took longer than allowed
refusal-web-timeout-detail = Try again. If you are sending a large file, check your connection.
refusal-web-busy = We are very busy right now
refusal-web-busy-detail = Nothing was recorded. Try again in a moment.
refusal-web-too-large = What you sent is larger than allowed
refusal-web-method = This cannot be done at this address
refusal-web-method-detail = Use the buttons and links of the page.
refusal-web-content-type = This type of content is not accepted
refusal-web-content-type-detail = Send the content in the type that the API description names.
refusal-web-body = The request did not arrive complete and correct
refusal-web-body-detail = Send it again.
refusal-web-json = The content does not have the expected shape
refusal-web-json-detail = Correct the fields listed, then send again.
refusal-web-query = The address has a value that we do not understand
refusal-web-query-detail = Remove what follows the question mark in the address, or start from the list.
refusal-web-form = Some fields of the form could not be read
refusal-web-form-detail = Go back to the form and fill in again what is wrong.
refusal-web-cursor = This place in the list is no longer known
refusal-web-cursor-detail = Start from the top of the list.
refusal-idempotency-key-reused = The idempotency key was used before for another request
refusal-idempotency-key-reused-detail = Use a new key for each new request.
refusal-idempotency-key-invalid = The idempotency key is not valid
refusal-idempotency-key-invalid-detail = Send a key of visible ASCII characters within the allowed length.

# Errors in fields
refusal-item-invalid = This value is not right
refusal-item-required = Fill this in
refusal-item-shape = This value is not of the expected type
refusal-item-json = This is not valid JSON (at { $detail })
refusal-item-cursor = Unknown place
refusal-item-idempotency-key = From one to { $detail } characters, without spaces
refusal-item-too-short = Shorter than required (at least { $detail })
refusal-item-too-long = Longer than allowed (at most { $detail })
refusal-item-too-small = Below the minimum ({ $detail })
refusal-item-too-big = Above the maximum ({ $detail })
refusal-item-too-few = Fewer than required (at least { $detail })
refusal-item-too-many = More than allowed (at most { $detail })
refusal-item-pattern = The format is not right
refusal-item-format = The format is not right
refusal-item-type = This value is not of the expected type
refusal-item-enum = Choose one of the list
refusal-item-unknown = This field is not known

web-accessibility-title = Accessibility
web-accessibility-aim = This platform is built for everybody: by eye or by screen reader, with a mouse or a keyboard, on a small phone or a large screen. The standard that we hold ourselves to is WCAG 2.2, level AA.
web-accessibility-how-title = What that means for you
web-accessibility-keyboard = Everything can be done with the keyboard alone, and you always see where you are. Press the question mark for the shortcuts.
web-accessibility-scripts = Reading and applying work without JavaScript, and on a slow line.
web-accessibility-languages = Every page is in Arabic and in English, right to left and left to right, with the digits that you choose.
web-accessibility-zoom = Pages stay readable when enlarged, down to a width of 320 pixels, in the dark theme and in print.
web-accessibility-tested = Pages are checked with axe in both languages and at three widths with every change of the program.
web-accessibility-limits-title = What is not finished
web-accessibility-limits = A machine’s check does not replace people’s experience. If something is hard for you, tell the body that provides the service; its number is on the service’s card.
web-problem-code = Code of the refusal:
web-problem-home = To the home page
web-suggestions = Suggestions
web-footer-help = Help
web-any = All
web-nav-requests = My requests
web-way-desk = Back to the desk
