notify-topic-requests = Your requests
notify-topic-requests-text = Receipt, what is asked of you, the decision and the output.
notify-topic-exports = Files you asked for
notify-topic-exports-text = When a list that you asked to download is ready.
notice-request-delivered-name = acknowledgement of receipt
notice-request-returned-name = a request returned for correction
notice-request-refused-name = a request refused
notice-request-completed-name = completion of the service
notice-request-not-confirmed-name = receipt not confirmed
notice-request-not-confirmed-subject = Receipt of your request { $number } is not confirmed: { $service }
notice-request-not-confirmed-body = The request does not count as received, for these reasons: { $reasons } Open it, complete what is missing and send it, or have your data corrected where they are kept.
notice-export-ready-name = a file you asked for is ready
notice-export-ready-subject = The file you asked for is ready: { $list }
notice-export-ready-body = It has { $rows_count ->
    [one] one row
   *[other] { $rows_count } rows
}. Download it before { $expires_on }; then it is deleted.
