# What the policies speak of: each act by its name.
act-openid-see = See the systems that let people sign in here
act-openid-register = Register a system
act-openid-change = Change a system
act-openid-renew-secret = Renew a system's secret
act-openid-end = End a system
