-- A service is due for an update once at a time, whoever finds it out first.
CREATE UNIQUE INDEX entry_duty_once ON entry_duty (entry, kind)
    WHERE closed_at IS NULL AND kind IN ('repeated_delay', 'repeated_errors');
