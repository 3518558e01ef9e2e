## Preview of a form
preview-title = Preview of the form
preview-text = This is how an applicant sees it. Nothing that you type here is stored.
preview-back = Back to writing
preview-example = Begin with the sample answers
preview-empty = Begin with an empty form
preview-next = Next
preview-previous = Back
preview-steps = Go to a step
preview-answers = What would be sent
preview-open = Preview the form
