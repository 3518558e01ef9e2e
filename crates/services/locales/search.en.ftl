
search-title = Search
search-label = Search services, your requests and help
search-placeholder = A service, a request’s number, or a question
search-meant = Did you mean
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
