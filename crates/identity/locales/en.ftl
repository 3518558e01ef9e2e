# Persons, signing in, the account. Arabic is the source; English follows.

identity-kind-citizen = Citizen
identity-kind-resident = Resident
identity-kind-visitor = Visitor
identity-kind-government_body = Government body
identity-kind-private_institution = Private institution

# Signing in
identity-sign-in-title = Sign in
identity-sign-in-lead = Enter your national number and password. You will then return to where you were.
identity-identifier = National number
identity-identifier-hint = Twelve digits, as on your card. Any script of digits will do.
identity-password = Password
identity-continue = Continue
identity-sign-in = Sign in
identity-sign-out = Sign out
identity-start-again = Start again
identity-code-title = Verification code
identity-code-lead = Open the authenticator app on your phone and enter the code for your Diwan account.
identity-code = Code
identity-code-hint = Six digits that change every half minute. Each code works once.
identity-demo-title = People of the demo
identity-demo-lead = Choose a person to fill in the form, then continue.
identity-demo-code = Demo code right now:

# The account
identity-account = My account
identity-facts = My details
identity-name = Name
identity-kind = Status
identity-email = Email
identity-phone = Phone
identity-assurance = How surely we know you
identity-assurance-basic = Basic: password
identity-assurance-substantial = Substantial: password and a second factor
identity-assurance-high = High: personal key handed over in person
identity-preferences = Language and digits
identity-language = Language
identity-digits = Digits
identity-save = Save
identity-mandates = I act for
identity-until = until { $date }
identity-sessions = Where you are signed in
identity-sessions-open = Open right now
identity-device = Device
identity-device-unknown = Unknown device
identity-this-device = This device
identity-zone = Network
identity-zone-main = Main network
identity-zone-dmz = Isolated network (DMZ)
identity-zone-outside = Outside the networks
identity-own-devices = My devices
identity-own-devices-see = See my devices
identity-systems = Connected systems
identity-systems-see = See where you signed in with this account
identity-systems-keep = Connected systems of your body
identity-loss-report = Report a lost device
identity-since = Since
identity-last-seen = Last used
identity-action = Action
identity-end = End
identity-end-others = Sign out everywhere else
identity-tokens = Access tokens for programs
identity-tokens-lead = An access token lets a program of your choice act in your name through the API. Give it to nobody.
identity-tokens-open = Valid tokens
identity-token-new = A new token
identity-token-name = Name of the token
identity-token-name-hint = A name by which you will know the program later.
identity-token-days = Valid for how many days
identity-token-issue = Issue a token
identity-token-issued = Your access token
identity-token-once = Copy it now and keep it somewhere safe. It will not be shown again.
identity-expires = Expires

# Reasons for a refusal
refusal-account-disabled = This account is disabled
refusal-account-disabled-detail = It was disabled when a device was reported lost. Call the device officer of your body, who checks who you are and enables it again.
refusal-auth-wrong = The national number or the password is not right
refusal-auth-wrong-detail = Check both and try again.
refusal-auth-code-wrong = The code is not right
refusal-auth-code-wrong-detail = Enter the code that the app shows now. A code that was used is not accepted again.
refusal-auth-code-expired = The time for entering the code is over
refusal-auth-code-expired-detail = Start again with your national number and password.
refusal-auth-code-required = A verification code is needed
refusal-auth-code-required-detail = Send the code of your authenticator app together with the password.
refusal-auth-factor-missing = Your account has no verification code yet
refusal-auth-factor-missing-detail = Staff cannot sign in with a password alone. Ask the platform administrator of your body to set up an authenticator app.
refusal-auth-persistent-session-forbidden = Nobody stays signed in
refusal-auth-persistent-session-forbidden-detail = A session ends with the browser or when its time is over. Sign in without asking to be remembered.
refusal-auth-locked = Signing in is paused after repeated wrong attempts
refusal-auth-locked-detail = This protects your account from guessing. Wait, then try again.
refusal-auth-busy = Many people are signing in right now
refusal-auth-busy-detail = Try again in a moment.
refusal-auth-sign-in-required = Sign in to continue
refusal-auth-sign-in-required-detail = This page belongs to a person. After signing in you return to where you were.
refusal-auth-token-invalid = The access token is not valid
refusal-auth-token-invalid-detail = It may have expired or been ended. Issue a new one on your account page.
refusal-auth-token-incomplete = The details of the token are incomplete
refusal-auth-token-incomplete-detail = Correct the following and send again.
refusal-auth-tokens-too-many = You have as many tokens as one person may have
refusal-auth-tokens-too-many-detail = End one that you no longer use, then issue a new one.
refusal-auth-session-required = This cannot be done with an access token
refusal-auth-session-required-detail = Sign in yourself and try again.
refusal-identity-assurance-required = We need to know more surely who you are
refusal-identity-assurance-required-detail = Sign in with both password and second factor, then try again.
refusal-identity-no-mandate = No mandate of yours is recorded for this entity
refusal-identity-no-mandate-detail = You can apply for an entity only when your mandate is recorded. Apply for yourself, or ask the entity to record the mandate.
refusal-identity-identifier-invalid = The national number is not right
refusal-identity-identifier-invalid-detail = A national number has twelve digits.
refusal-identity-identifier-taken = This national number already has an account
refusal-identity-identifier-taken-detail = Each person has one account.
refusal-identity-kind-invalid = This status does not fit here
refusal-identity-kind-invalid-detail = A person is a citizen, a resident or a visitor. An entity is a government body or a private institution.
refusal-identity-name-missing = A name is needed
refusal-identity-name-missing-detail = Enter the name in Arabic or in English.
refusal-identity-password-weak = This password does not protect enough
refusal-identity-password-weak-detail = Choose a few words that belong together only for you, and nothing that others know of you.
refusal-identity-registration-missing = A registration number is needed
refusal-identity-registration-missing-detail = Enter the number of the entity in its register.
refusal-identity-registration-taken = This registration number belongs to another entity
refusal-identity-registration-taken-detail = Each entity is registered once.
refusal-identity-period-invalid = The period ends before it starts
refusal-identity-period-invalid-detail = Correct the two dates.
refusal-item-auth-locked = { $detail ->
    [1] Try again in one minute
    [2] Try again in two minutes
   *[other] Minutes left: { $detail }
}
refusal-item-password-own = Do not put your name, national number, telephone or address into the password
refusal-item-assurance-level = { $detail ->
    [high] Needed: high
    [substantial] Needed: substantial
   *[other] Needed: basic
}

# The e-mail address, and how it is changed
identity-email-title = Your e-mail address
identity-email-lead = This is where we write to you about your requests. Everything stays in your inbox here as well.
identity-email-now = Current address
identity-email-none = No address on record
identity-email-change = Change or confirm it
identity-email-another = Send to another address
identity-email-new = New address
identity-email-new-hint = We send it a code and tell your current address. Write your current address again to show that it takes mail.
identity-email-send = Send the code
identity-email-waiting = Waiting for the code
identity-email-sent-before = We sent a code to
identity-email-sent-after = Write it here before { $when }. Until then your current address stays.
identity-email-tries = { $count ->
    [one] One try is left.
   *[other] { $count } tries are left.
}
identity-email-code = Code
identity-email-code-hint = The { $count } digits in the letter
identity-email-confirm = Confirm the address
identity-email-drop = Drop the change
identity-email-changed = Your e-mail address has changed
identity-email-changed-text = Letters go to the new address from now on, and we told the one before.
identity-email-letter-subject = The code that confirms your e-mail address
identity-email-letter-lead = The code is { $code }. Write it on the page of your e-mail address within two hours, and this address becomes yours. Give it to nobody; no officer asks for it.
identity-email-letter-foot = If you did not ask for this, do nothing: nobody’s address changes.
notice-email-asked-name = a change of e-mail address was asked for
notice-email-asked-subject = Somebody asked to change your e-mail address
notice-email-asked-body = Your account was asked to send letters to another address. Nothing changes before the new address is confirmed. If this was not you, drop the change on your account page, change your password and end the other sessions.
notice-email-changed-name = the e-mail address changed
notice-email-changed-subject = Your e-mail address has changed
notice-email-changed-body = Letters go to the new address that you confirmed. If this was not you, end the other sessions on your account page and tell support.
refusal-identity-email-invalid = Write a valid e-mail address
refusal-identity-email-invalid-detail = An address is written like salma@mail.example
refusal-identity-email-codes-too-many = You asked for too many codes
refusal-identity-email-codes-too-many-detail = At most five codes can be asked for in a day. Try again tomorrow.
refusal-identity-email-no-means = We cannot send e-mail now
refusal-identity-email-no-means-detail = This platform sends no e-mail at present, so no address can be confirmed. Everything new stays in your inbox.
refusal-identity-email-code-wrong = The code is not right
refusal-identity-email-code-wrong-detail = Copy it from the newest letter exactly as it stands.
refusal-identity-email-over = This code is no longer good
refusal-identity-email-over-detail = Its time is over, or it was tried too often. Ask for a new code.
refusal-item-code-wrong = That is not the code. Tries left: { $detail }
identity-mandates-all = Mandates for these entities, and withdrawing them
identity-history-download = Download what is recorded about your account

# Password and authenticator app
identity-back = Back to my account
identity-password-title = Change password
identity-password-lead = After the change you stay signed in here and are signed out everywhere else.
identity-password-present = Present password
identity-password-new = New password
identity-password-new-hint = At least { $count } characters. A few words that belong together only for you are better than signs and digits.
identity-password-again = New password once more
identity-password-change = Change the password
identity-password-changed = The password has changed
identity-password-changed-text = Use the new one from now on. Everywhere else you were signed out.
identity-authenticator = Authenticator app
identity-authenticator-see = Set up or replace
identity-authenticator-lead = An app on your phone makes a code that changes every half minute. With it nobody signs in with your password alone.
identity-authenticator-none = No app is set up yet.
identity-authenticator-since = An app has been set up since { $date }.
identity-authenticator-start = Set up an app
identity-authenticator-replace = Set up another app in its place
identity-authenticator-scan = Show the app this picture
identity-authenticator-scan-text = Choose “add an account” in the app and point the camera at the picture. Then enter the code that it shows.
identity-authenticator-picture = Picture that the authenticator app reads
identity-authenticator-typed = Or type this key into the app:
identity-authenticator-confirm = Confirm the code
identity-authenticator-set = The app is set up
identity-authenticator-set-text = From now on signing in asks for its code. Everywhere else you were signed out.
identity-authenticator-remove = Remove the app
identity-authenticator-remove-sure = Remove the app? Then your password alone is enough to sign in, and services that need more will not open.
identity-authenticator-staff = Whoever has a role in a body can replace the app but not do without it.
refusal-auth-password-wrong = The present password is not right
refusal-auth-password-wrong-detail = Enter the password with which you sign in now. Wrong tries count as when signing in.
refusal-auth-code-unexpected = This is not the code that the app should show
refusal-auth-code-unexpected-detail = Enter the code that the app shows now. If it stays wrong, check the clock of the phone and begin again.
refusal-auth-enrolment-over = Setting up the app took too long
refusal-auth-enrolment-over-detail = Nothing has changed. Begin again with your password.
refusal-auth-factor-required = You need a second factor for your role
refusal-auth-factor-required-detail = Set up another app in place of this one instead of removing it.
refusal-identity-password-differs = The two new passwords are not the same
refusal-identity-password-differs-detail = Type the new password twice in the same way.
refusal-item-password-wrong = This is not your present password.
refusal-item-password-differs = This is not the same as the new password.
refusal-item-password-guessed = This password is guessed soon: it is on lists of common ones or follows a pattern. Choose words that belong together only for you.
refusal-item-code-unexpected = The app should show another code.
notice-password-changed-name = the password changed
notice-password-changed-subject = Your password has changed
notice-password-changed-body = The password of your account was changed, and every other session was ended. If this was not you, tell support at once.
notice-authenticator-set-name = an authenticator app was set up
notice-authenticator-set-subject = An authenticator app was set up
notice-authenticator-set-body = Signing in now asks for the code of this app. If this was not you, tell support at once.
notice-authenticator-removed-name = the authenticator app was removed
notice-authenticator-removed-subject = The authenticator app was removed
notice-authenticator-removed-body = Your password alone is enough to sign in now. If this was not you, change it at once and set up an app.
identity-delegations = Delegations
identity-delegations-see = Give and see
identity-own-vpn = Work through a VPN
