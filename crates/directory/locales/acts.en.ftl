# What the policies speak of: each act by its name.
act-directory-see = See the connection to the staff directory
act-directory-set = Set up the staff directory
act-directory-end = End the connection to the staff directory
act-directory-name = Name who gets in while the directory is silent
act-directory-withdraw = Withdraw an entry for emergencies
