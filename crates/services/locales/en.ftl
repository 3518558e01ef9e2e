# The public pages of services: home, directory, card, and the form up to sending. Arabic is the source; English follows it.

# Home
services-ask = What do you want to get done?
services-ask-example = For example: proof of address, passport renewal
services-all = All services
services-mine = Your requests
services-mine-all = { $count ->
    [one] One open request
   *[other] { $count } open requests
}
services-mine-due = expected before { $date }
services-mine-late = late: was expected before { $date }
services-mine-draft = Draft, not sent
services-by-life = What is happening in your life?
services-news = New and changed services
services-news-new = new, { $date }
services-news-changed = changed { $date }
services-draft-kept = Your draft is saved. You will find it here whenever you come back.
services-draft-discarded = The draft and everything typed in it are deleted.
services-state-received = Being checked
services-state-returned = Needs you
services-state-verified = Awaiting decision
services-state-approved = Being issued
services-state-refused = Refused
services-state-completed = Done

# Directory
services-title = Services
services-title-found = { $words }: search results
services-narrow = Filter the results
services-filters-on = Filters in force
services-filter-audience = Who it is for
services-filter-topic = Topic
services-filter-life_event = Life event
services-filter-body = Provider
services-filter-any = All
services-count = { $count ->
    [0] No services
    [one] One service
   *[other] { $count } services
}
services-sort = Sort:
services-sort-best = Best match
services-sort-name = By name
services-page = Page { $page } of { $pages }
services-none = No service fits these filters
services-none-filters = Remove a filter, or browse all services.
services-none-for = We found no service for “{ $words }”
services-none-hint = Try a more general word, or the name of the document that you want.
services-none-filtered = { $count ->
    [one] One service has these words, outside the filters that you chose.
   *[other] { $count } services have these words, outside the filters that you chose.
}
services-search-all = Search all services
services-or-by-life = Or start from what is happening in your life

# The words that services are sorted by
entry-audience-citizen = Citizens
entry-audience-resident = Residents
entry-audience-visitor = Visitors
entry-audience-private_institution = Private institutions
entry-audience-government_body = Government bodies
entry-and = { $before } and { $last }
entry-fee = { $count ->
    [one] One dinar
   *[other] { $count } dinars
}
entry-fee-exact = { $amount } dinars
entry-days = { $count ->
    [one] One working day
   *[other] { $count } working days
}

# Card
entry-who = For
entry-needs = You need
entry-need-none = No documents
entry-need-optional = Optional documents
entry-need = { $count ->
    [one] One document
   *[other] { $count } documents
}
entry-start = Start
entry-start-sign-in = You sign in first, then go on
entry-start-steps = { $count ->
    [one] One step, then you review and send
   *[other] { $count } steps, then you review and send
}
entry-resume = Go on with your request
entry-about = About the service
entry-outputs = What you get
entry-output-document = electronic document with a verification code
entry-output-measure = something the provider does for you
entry-output-administrative-act = administrative decision with a number and a date
entry-conditions = Who qualifies
entry-documents = Documents you need
entry-documents-none = You supply no document: the provider checks your details in its own records.
entry-cost = Fee
entry-stages = What happens to your request
entry-stages-time = Expected time from the arrival of a complete request: { $time }.
entry-rights = Your rights
entry-obligations = Your obligations
entry-complaint = If you are not satisfied
entry-aside = About the provider and this card
entry-provider = Provider
entry-provider-services = All services of this provider
entry-phone = Telephone:
entry-legal = Legal basis
entry-record = About this card
entry-verified = Last verified by the competent administration
entry-version = Version
entry-maturity = Level of digitisation
entry-maturity-manual = On paper
entry-maturity-partly-digital = Partly digital
entry-maturity-fully-digital = Fully digital
entry-assurance = How you prove who you are
entry-assurance-basic = Password
entry-assurance-substantial = Password and a code
entry-assurance-high = Security key bound to its holder
entry-themes = Topics
entry-life-events = Life events
entry-stakeholders = Others concerned

# The form, from the start to sending
draft-start-title = Start: { $service }
draft-start-lead = This is what you will do now.
draft-start-answer = { $count ->
    [one] You answer questions in one step
   *[other] You answer questions in { $count } steps
}
draft-start-saved = What you type is saved as you go, and you can finish on any device.
draft-start-documents = You attach documents, so have them at hand
draft-start-send = You review everything, then send
draft-start-fee = Fee: { $fee }
draft-back = Back
draft-back-card = Back to the service
form-yes = Yes
form-no = No
draft-stop-whom = Who is this request for?
draft-stop-documents = Documents
draft-stop-summary = Review and send
draft-continue = Continue
draft-save-continue = Save and continue
draft-save-later = Save and finish later
draft-basis = The personal details in this step are asked for under { $law }.
draft-not-answered = No answer
draft-discard-link = Delete this draft
draft-discard-title = Delete the draft?
draft-discard-lead = Everything that you typed for “{ $service }” is deleted for good. Nothing has been sent to the provider.
draft-discard-yes = Yes, delete it
draft-discard-no = No, go on with it
draft-whom-lead = You can make this request for yourself, or in the name of somebody whom you represent.
draft-whom-label = Applicant
draft-whom-name = Applicant
draft-whom-self = Myself
draft-whom-self-hint = Everything is issued in your own name.
draft-whom-registration = Registration number { $number }
draft-whom-required = Choose who this request is for
draft-documents-lead = Attach each document in its place. Every file is saved as soon as it arrives.
draft-file-types = We accept PDF, pictures (JPEG and PNG), Word and Excel files and plain text. Your files are stored encrypted.
draft-file-send = Attach the file
draft-file-replace = Replace the file
draft-file-remove = Remove
draft-file-clean = Checked, clean
draft-file-here = Attached
draft-file-none = Not attached
draft-file-missing = Choose a file, then press “Attach the file”
draft-file-required = Attach this document
draft-summary-title = Check your request before you send it
draft-summary-lead = Make sure that all of this is right. You can change anything now; once sent, the provider works with it as it is.
draft-summary-whom = Applicant
draft-summary-terms = Fee and time
draft-open-title = { $count ->
    [one] One thing is left before you can send
   *[other] { $count } things are left before you can send
}
draft-declaration-title = Statement of responsibility
draft-declaration = I declare that everything in this request is true and complete, and I take legal responsibility for it.
draft-declaration-required = Read the statement of responsibility and accept it
draft-send = Send the request
draft-sent-title = Your request has arrived
draft-sent-at = Delivered { $time }. Keep this number.
draft-sent-acknowledged = Acknowledgement from { $body }
draft-sent-next = What happens next
draft-sent-due = We expect to finish your request before { $date }. We tell you about every change.
draft-sent-follow = Follow the request
draft-sent-receipt = Download the receipt
draft-sent-keep = The receipt is signed. Anybody can check it on the page “Verify a document”.

# Refusals
refusal-request-not-eligible = This service is not for your kind of beneficiary
refusal-request-not-eligible-detail = The card says whom the service is for. To act for a body or an institution you need a mandate on record.
refusal-request-incomplete = The request is not complete
refusal-request-incomplete-detail = Complete what follows, then send again. What you typed is saved.
refusal-request-declaration-missing = You did not accept the statement of responsibility
refusal-request-declaration-missing-detail = A request is delivered only when its applicant answers for what it says.
refusal-request-unlisted-requirement = The service does not ask for this document
refusal-request-unlisted-requirement-detail = Attach only the documents that the card lists, each of them once.
refusal-document-missing = No file arrived
refusal-document-missing-detail = Choose a file, then send it again.
refusal-document-form-malformed = The file did not arrive complete
refusal-document-form-malformed-detail = The connection may have been cut, or the file is larger than allowed. Attach it again.
refusal-document-classification-unknown = This level of classification is not known
refusal-document-classification-unknown-detail = Choose one of the levels in use.
refusal-directory-unknown = We did not find this service
refusal-directory-unknown-detail = Its name may have changed. Search for it in the directory.
refusal-directory-excluded-domain = A classified service is not published here
refusal-directory-excluded-domain-detail = The directory holds public services only. Classified ones lie outside it.
refusal-directory-legal-basis-missing = A service without a legal basis does not enter the directory
refusal-directory-legal-basis-missing-detail = State the legal basis in Arabic and in English.
refusal-directory-not-electronic = This service has no electronic form
refusal-directory-not-electronic-detail = Add a form with at least one field.
refusal-directory-field-missing = The card is not complete
refusal-directory-field-missing-detail = Complete the parts that are listed, then register it again.
refusal-directory-unverified = Whoever registered a card does not publish it
refusal-directory-unverified-detail = Somebody else in the competent administration verifies and publishes it.
refusal-acknowledgement-placeholder-unknown = The acknowledgement has a placeholder that cannot be filled
refusal-acknowledgement-placeholder-unknown-detail = It may use the number, the time of delivery and the expected date.
refusal-form-too-large = The form is larger than allowed
refusal-form-too-large-detail = Split the form, or take out what is not needed.
refusal-form-invalid = The form is not valid
refusal-form-invalid-detail = Correct the schema of the form, then register it again.
refusal-forms-legal-basis-missing = A personal field has no legal basis
refusal-forms-legal-basis-missing-detail = State the legal basis of every field that asks for personal data.

# In fields
refusal-item-too-large = Above the maximum ({ $detail })
refusal-item-date = Write a valid date: day, month and year
refusal-item-email = Write a valid e-mail address, such as name@example.ly
refusal-item-choice = Choose one of the options
refusal-item-document-unknown = We did not find this file among yours. Attach it again
refusal-item-unlisted = The service does not ask for this document
refusal-item-placeholder = Unknown placeholder: { $detail }
refusal-item-legal-basis = State the legal basis of this field
