# What the policies speak of: each act by its name.
act-operation-see = See how the installation does
act-operation-acknowledge = Take an alert upon oneself
