# What the policies speak of: each act by its name.
act-devices-see = See a device
act-devices-register = Register a device
act-devices-decide = Allow or refuse a personal device
act-devices-retire = Retire a device
act-devices-give-code = Give an enrolment code
act-devices-accept = Accept the rules of care
act-devices-offer = Offer a device of one's own
act-devices-set-rules = Set the baseline of devices
act-devices-report-loss = Report a loss
act-devices-enable = Open an account again
