# Security keys, recovery codes, and showing again who is there.

# Security keys
identity-keys = Security keys
identity-keys-see = See them and add one
identity-keys-count = { $count ->
    [one] one key
   *[other] { $count } keys
}
identity-factor-none = none
identity-authenticator-has = set up
identity-keys-lead = A security key is a small thing that you touch when you sign in, after the password. It answers this site alone, so whoever imitates the site gains nothing.
identity-keys-none = You have not added a key yet. With two of them, one is left when the other is lost.
identity-key-name = Name of the key
identity-key-name-hint = Something you know it by, such as: office key.
identity-key-since = Added
identity-key-unused = not used yet
identity-key-add = Add a security key
identity-key-add-lead = Name the key, connect it to your device, then press the button and follow what the browser shows.
identity-key-add-now = Add the key
identity-key-back = Back to the keys
identity-key-added = The key was added. From now on signing in asks for a second factor besides the password.
identity-key-removed = The key was removed.
identity-key-renamed = The new name was saved.
identity-key-change = Rename or remove
identity-key-change-what = Rename or remove { $name }
identity-key-rename = Save the name
identity-key-remove = Remove the key
identity-key-remove-text = Once removed, this key no longer opens your account.
identity-key-remove-sure = Remove this key? You can add it again.
identity-key-copied-tag = Stopped: it may have been copied
identity-key-copied-text = Its counter shows that there is another one like it, so we stopped it. Remove it and add another key, and tell support if you do not know why.
identity-key-lead = Connect your security key, press the button and touch the key.
identity-key-use = Use the security key
identity-key-missing = This browser does not know security keys. Use a current browser or another second factor.
identity-key-elsewhere = Keys work at the address { $address } alone. Open the platform there.
identity-key-stopped = The key did not answer, or it was cancelled. Try again.
identity-key-known = This key belongs to your account already.
identity-key-waiting = Waiting for the key…
identity-key-noscript = Security keys need JavaScript in the browser.
identity-code-instead = Or type a code
identity-code-any-hint = The six digits that the app shows, or one of the recovery codes. Each is good once.

# Recovery codes
identity-recovery = Recovery codes
identity-recovery-see = See and make them
identity-recovery-lead = A recovery code stands in once for the app or the key when you do not have it with you. Keep the codes away from your device.
identity-recovery-remaining = { $count ->
    [one] One code is left.
   *[other] { $count } codes are left.
}
identity-recovery-none = You have no codes now.
identity-recovery-replace-text = New codes make what is left of the old ones void.
identity-recovery-make = { $count ->
    [one] Make one code
   *[other] Make { $count } codes
}
identity-recovery-made = Your recovery codes
identity-recovery-once = Print or copy them now: they are not shown again. Each is good once.
identity-recovery-factor-first = Recovery codes are for those who have a second factor. Set up an authenticator app or add a security key first.
identity-recovery-lacking = You have no recovery codes
identity-recovery-lacking-text = If the key is lost and you have no code, only support can let you in again.

# Showing again who is there
identity-confirm-title = Show that it is you
identity-confirm = Confirm
identity-confirm-lead = What you open concerns the safety of your account, so we ask for the second factor again.
identity-confirm-lead-password = What you open concerns the safety of your account, so we ask for the password again.
identity-confirm-by = Asked by article:
identity-confirm-kept = Everything you typed is kept and is sent once you have confirmed.
identity-confirm-no-means = No second factor of your account works at present. Ask support, or the administrator of your body, to set one up again.

# Refusals
refusal-auth-key-invalid = The answer of the security key was not accepted
refusal-auth-key-invalid-detail = Press the button and touch a key that you added to your account. Each answer is good once, and on this site alone.
refusal-auth-key-not-added = The key was not added
refusal-auth-key-not-added-detail = No valid answer came from the key, or it belongs to an account already. Press the button and try again.
refusal-auth-keys-too-many = You have as many keys as there may be
refusal-auth-keys-too-many-detail = Remove a key that you do not use, then add another.
refusal-auth-keys-without-name = Security keys do not work at this address
refusal-auth-keys-without-name-detail = Keys know sites by name, and this platform is reached by a number. Its administrator can give it a name.
refusal-auth-key-name-invalid = Name the key
refusal-auth-key-name-invalid-detail = Write a short name that you know it by.
refusal-auth-factor-first = Your account has no second factor
refusal-auth-factor-first-detail = Set up an authenticator app or add a security key, then make recovery codes.
refusal-auth-step-up-required = The second factor is needed again
refusal-auth-step-up-required-detail = Some time has passed since you showed that it is you. Show it again and go on.

# What the person is told
notice-key-added-name = a security key was added
notice-key-added-subject = A security key was added to your account
notice-key-added-body = From now on signing in asks for a second factor. If this was not you, remove the key and change your password at once.
notice-key-removed-name = a security key was removed
notice-key-removed-subject = A security key was removed from your account
notice-key-removed-body = This key no longer opens your account. If this was not you, change your password at once and tell support.
notice-key-copied-name = a security key was stopped
notice-key-copied-subject = We stopped one of your security keys
notice-key-copied-body = The counter of the key shows that there is another one like it, so it was not accepted. Remove it and add another, change your password, and tell support.
notice-recovery-made-name = recovery codes were made
notice-recovery-made-subject = New recovery codes were made for your account
notice-recovery-made-body = The codes before are void. If this was not you, change your password at once and make others.
notice-recovery-used-name = a recovery code was used
notice-recovery-used-subject = A recovery code of your account was used
notice-recovery-used-body = If this was not you, change your password at once, end the sessions on other devices, and tell support.
