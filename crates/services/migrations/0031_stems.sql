-- What a request is no longer found by is deleted word by word, so nothing reads this index, and every delivery paid for it.
DROP INDEX request_stem_request;
