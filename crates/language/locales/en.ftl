# Lengths of time and relative times.
time-now = now
time-past-minutes = { $count ->
    [one] { $count } minute ago
   *[other] { $count } minutes ago
 }
time-future-minutes = { $count ->
    [one] in { $count } minute
   *[other] in { $count } minutes
 }
time-minutes = { $count ->
    [one] { $count } minute
   *[other] { $count } minutes
 }
time-past-hours = { $count ->
    [one] { $count } hour ago
   *[other] { $count } hours ago
 }
time-future-hours = { $count ->
    [one] in { $count } hour
   *[other] in { $count } hours
 }
time-hours = { $count ->
    [one] { $count } hour
   *[other] { $count } hours
 }
time-past-days = { $count ->
    [one] { $count } day ago
   *[other] { $count } days ago
 }
time-future-days = { $count ->
    [one] in { $count } day
   *[other] in { $count } days
 }
time-days = { $count ->
    [one] { $count } day
   *[other] { $count } days
 }
time-past-weeks = { $count ->
    [one] { $count } week ago
   *[other] { $count } weeks ago
 }
time-future-weeks = { $count ->
    [one] in { $count } week
   *[other] in { $count } weeks
 }
time-weeks = { $count ->
    [one] { $count } week
   *[other] { $count } weeks
 }
time-past-months = { $count ->
    [one] { $count } month ago
   *[other] { $count } months ago
 }
time-future-months = { $count ->
    [one] in { $count } month
   *[other] in { $count } months
 }
time-months = { $count ->
    [one] { $count } month
   *[other] { $count } months
 }
time-past-years = { $count ->
    [one] { $count } year ago
   *[other] { $count } years ago
 }
time-future-years = { $count ->
    [one] in { $count } year
   *[other] in { $count } years
 }
time-years = { $count ->
    [one] { $count } year
   *[other] { $count } years
 }
size-kib = { $amount } KB
size-mib = { $amount } MB
size-gib = { $amount } GB
