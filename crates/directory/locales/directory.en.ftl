# The staff directory of a body: how it is asked at each sign-in, and who gets in while it is silent.

staff-directory-title = Staff directory
staff-directory-places = Parts of the staff directory
staff-directory-bodies = Bodies
staff-directory-body = Body
staff-directory-none = No directory is connected at { $body }
staff-directory-none-text = Staff sign in with the passwords that are kept here. If your body has a directory of staff accounts, connect it: they then sign in with its password, and an account that is disabled there is kept out.
staff-directory-answers = Answers
staff-directory-fails = Does not answer
staff-directory-server = Server
staff-directory-since = Connected since
staff-directory-answered = Last answer
staff-directory-failed = Last failure
staff-directory-failed-why = Why it failed
staff-directory-said = What the server said
staff-directory-try = Try the connection now
staff-directory-trial = What the trial found
staff-directory-trial-good = Every step worked, and your account in the directory is in order.
staff-directory-trial-failed = The trial stopped at the step that is marked. Nothing was changed.
staff-directory-stage-reach = Reaching the server
staff-directory-stage-secure = Protecting the connection
staff-directory-stage-reader = Signing in the lookup account
staff-directory-stage-search = Searching the directory
staff-directory-stage-account = Your account in the directory
staff-directory-begin = Connect the staff directory
staff-directory-change = Change the connection
staff-directory-set-text = The connection is tried with your own account before it counts, so nothing is saved that does not work, and you do not shut yourself out.
staff-directory-host = Server
staff-directory-host-hint = Its name or address, such as dc1.example.gov.ly. Private networks are named in the settings of the platform.
staff-directory-channel = Protection
staff-directory-channel-ldaps = LDAPS
staff-directory-channel-ldaps-hint = Encrypted from the first byte. The usual port is 636.
staff-directory-channel-starttls = StartTLS
staff-directory-channel-starttls-hint = Encryption begins before any question. The usual port is 389.
staff-directory-channel-plain = None
staff-directory-channel-plain-hint = For this machine’s own address alone, where another program protects the rest of the way.
staff-directory-port = Port
staff-directory-port-hint = Leave it empty for the usual one.
staff-directory-authorities = Certificates of the authority
staff-directory-authorities-hint = If a private authority issued the server’s certificate, paste that authority’s certificate as PEM.
staff-directory-reader = Lookup account
staff-directory-reader-hint = An account that reads and does not write, by its full name, such as CN=diwan,OU=Services,DC=example,DC=gov,DC=ly.
staff-directory-secret = Password of the lookup account
staff-directory-secret-hint = Kept encrypted and never shown.
staff-directory-secret-kept = Leave it empty to keep the stored one. Type it again if you change the server or the account.
staff-directory-base = Where to search
staff-directory-base-hint = The branch that holds the staff accounts, such as OU=Staff,DC=example,DC=gov,DC=ly.
staff-directory-filter = How a person is found
staff-directory-filter-hint = A search filter with {"{"}identifier{"}"} in place of the national number.
staff-directory-attribute = Attribute of the national number
staff-directory-attribute-hint = The attribute that carries the national number in the directory, such as employeeID.
staff-directory-set = Try it, then put it in force
staff-directory-end-title = Disconnect the directory
staff-directory-end-text = The passwords kept here count again for the staff of the body, even for accounts that are disabled in the directory. Those who guard accounts are told.
staff-directory-end-reason = Reason
staff-directory-end-reason-hint = At least ten characters. Those who guard accounts read it.
staff-directory-end = Disconnect the directory
staff-directory-done-set = The directory is connected. From now on the staff of the body sign in with its password.
staff-directory-done-ended = The directory is disconnected.

emergency-title = Emergency sign-in
emergency-lead = While the directory does not answer, none of the body’s staff can sign in except those named here: they use the password kept here and their code, and those who guard accounts are told each time. It never opens an account that the directory refuses.
emergency-none = Nobody is named
emergency-none-text = Name whoever must be able to get in when the directory fails.
emergency-who = Who
emergency-by = Named by
emergency-state = State
emergency-used = Used
emergency-never = Never
emergency-used-times = { $count ->
    [one] Once
   *[other] { $count } times
}, last { $when }
emergency-counts = In force
emergency-over = Over
emergency-end = End it
emergency-name-title = Name somebody
emergency-name-text = Nobody names themselves. It counts until the end of the day that you choose.
emergency-person = National number
emergency-person-hint = Of somebody who works for this body.
emergency-until = Last day
emergency-until-hint = At most ninety days from today.
emergency-reason = Reason
emergency-reason-hint = At least ten characters.
emergency-name = Name them
emergency-done-named = They are named, and were told.
emergency-done-ended = Emergency sign-in has ended for this person.

refusal-staff-directory-not-yours = This is for the body’s administrator
refusal-staff-directory-not-yours-detail = The administrator of the body itself connects its staff directory and names who gets in during an emergency. Ask them.
refusal-staff-directory-own = Nobody names themselves
refusal-staff-directory-own-detail = Ask another administrator of your body to name you.
refusal-staff-directory-incomplete = Complete the connection
refusal-staff-directory-incomplete-detail = Correct the marked fields and try again. Nothing was changed.
refusal-staff-directory-trial-failed = The connection did not pass its trial
refusal-staff-directory-trial-failed-detail = Correct the following and try again. Nothing was changed.
refusal-staff-directory-reason-missing = Give the reason
refusal-staff-directory-reason-missing-detail = Those who guard accounts read it, and whoever audits the log.
refusal-staff-directory-emergency-incomplete = Complete the details
refusal-staff-directory-emergency-incomplete-detail = Correct the marked fields and send again.
refusal-staff-directory-emergencies-full = Enough people are named
refusal-staff-directory-emergencies-full-detail = Emergency sign-in is an exception. End one before you name another.
refusal-item-staff-directory-host = Enter the name or address of a server and nothing else
refusal-item-staff-directory-port = Enter a number from 1 to 65535
refusal-item-staff-directory-plain = Encryption can only be left out for this machine’s own address, such as 127.0.0.1
refusal-item-staff-directory-pem = Paste certificates as PEM
refusal-item-staff-directory-filter = Enter a valid search filter that contains {"{"}identifier{"}"}
refusal-item-staff-directory-attribute = Enter the name of one attribute
refusal-item-staff-directory-secret = Enter the lookup account’s password for this server
refusal-item-staff-directory-member = Nobody with this national number works for this body
refusal-item-staff-directory-until = Choose a day between today and { $detail } days from now
refusal-item-staff-directory-unresolved = The network does not know this name
refusal-item-staff-directory-out-of-reach = The address lies in a network that this platform does not call. Ask whoever runs the platform to name it in the settings
refusal-item-staff-directory-unreachable = The server does not accept a connection on this port
refusal-item-staff-directory-slow = The server did not answer in time
refusal-item-staff-directory-untrusted = The connection could not be protected: check the certificate, the server’s name and the kind of protection
refusal-item-staff-directory-reader-refused = The directory refused the lookup account or its password
refusal-item-staff-directory-base-missing = The branch to search does not exist in the directory
refusal-item-staff-directory-search-refused = The directory refused the search by this account
refusal-item-staff-directory-broken = The connection broke, or the answer could not be understood
refusal-item-staff-directory-absent = The filter did not find your account in the directory
refusal-item-staff-directory-ambiguous = The filter found more than one account for your national number
refusal-item-staff-directory-other-number = The attribute does not carry your national number in the account that was found
refusal-item-staff-directory-disabled = Your account is disabled in the directory
refusal-item-staff-directory-locked = Your account is locked in the directory
refusal-item-staff-directory-expired = Your account has expired in the directory
refusal-item-staff-directory-password-expired = Your password has expired in the directory

notify-topic-staff-directory = Staff directory
notify-topic-staff-directory-text = The body’s directory being connected or disconnected, and emergency sign-in while it is silent.
notice-staff-directory-set-name = A change of a staff directory
notice-staff-directory-set-subject = { $outcome ->
    [begun] The staff directory of { $body } was connected
    [changed] The staff directory of { $body } was set up differently
   *[ended] The staff directory of { $body } was disconnected
}
notice-staff-directory-set-body = { $outcome ->
    [ended] Staff of the body now sign in with the passwords kept here. Reason: { $words }
   *[begun] Staff of the body now sign in with the directory’s password. If you did not expect this, speak to the body’s administrator.
}
notice-emergency-named-name = Somebody named for emergency sign-in
notice-emergency-named-subject = { $person } was named for emergency sign-in
notice-emergency-named-body = While the staff directory is silent they sign in with the password kept here and their code, until { $until_on }. Reason: { $words }
notice-emergency-used-name = Emergency sign-in
notice-emergency-used-subject = { $person } signed in while the staff directory was silent
notice-emergency-used-body = The password kept here was used instead of the directory’s. They were named because: { $words }
