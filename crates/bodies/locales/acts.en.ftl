# What the policies speak of: each act by its name.
act-bodies-see-body = See a body
act-bodies-see-all-bodies = See every body
act-bodies-order-state = Order the bodies of the state and their functions
act-bodies-keep-body = Keep a body and its units
act-bodies-appoint = Give a role or end it
act-bodies-see-delegation = See a delegation
act-bodies-ask-delegation = Ask for a delegation
act-bodies-decide-delegation = Decide on a delegation
act-bodies-end-delegation = End a delegation
