# What the policies speak of: each act by its name.
act-policies-see = Read an internal policy
act-policies-register = Register an internal policy
act-policies-see-draft = Read the draft of a policy
act-policies-revise = Revise an internal policy
act-policies-follow-up = Follow up acknowledgements of a policy
act-policies-report-breach = Report a breach of a policy
act-policies-approve = Approve an internal policy
act-policies-consult = Give the opinion of the implementing body
act-policies-sign-review = Sign the review of a policy
