
search-title = Search
search-label = Search services, your requests and help
search-placeholder = A service, a request’s number, or a question
search-meant = Did you mean
search-question-mark = ?
search-also = We also looked for:
search-everything = Search everything for
search-suggested = { $count ->
    [zero] No suggestions
    [one] One suggestion
   *[other] { $count } suggestions
}
search-services = Services
search-services-all = { $count ->
    [one] All services: one
   *[other] All services: { $count }
}
search-requests = Requests
search-help = Help
search-none-hint = Try another word, say it the way you would to a clerk, or look for the body that provides the service.
services-everywhere = Search your requests and help too
help-title = Help
help-others = Other questions
words-title = Search words
words-lead = Words that find each other when people search. What you save counts at once, and is entered in the ledger under your name.
words-add = Add a group
words-change = Change a group
words-kept = Saved; the words count from now on.
words-find = Search the groups
words-none = No group holds this word
words-none-text = Add a new group, or look for another word.
words-all = All groups
words-out = Out of force
words-relation = How do they find each other?
words-relation-both = Synonyms
words-relation-both-hint = Each finds the others: licence, permit.
words-relation-one-way = What people say
words-relation-one-way-hint = What people type finds what is written, and not the other way round: ID finds identity card.
words-relation-same = Forms of one word
words-relation-same-hint = A plural, or another spelling of the same word: cheque, check.
words-words = Words
words-words-hint = A word or phrase on each line.
words-finds = Finds
words-finds-hint = For what people say only: what their words should find.
words-in-force = In force
words-preview = Try it before you save
words-query = A search
words-query-hint = Something that people may type.
words-preview-do = Try
words-now = “{ $query }” finds now
words-then = And would find then
words-nothing = Nothing
words-leaves = leaves
words-comes = joins
words-keep = Save
refusal-search-words-invalid = These words cannot be a group
refusal-search-words-invalid-detail = Correct the marked fields and save again.
refusal-search-words-changed = Somebody else changed this group after you opened it
refusal-search-words-changed-detail = Open it again to see what changed; what you typed is still on this page.
refusal-item-two-words = Give at least two words
refusal-item-too-many-words = Too many words (at most { $detail })
refusal-item-no-such-word = “{ $detail }” cannot be searched for: give a word with a meaning, or a phrase of at most four words
