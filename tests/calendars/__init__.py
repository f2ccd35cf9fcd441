"""Expected bytes of calendars, and the strictest reader we could write to check any of them.

After a wanted change: `REWRITE_CALENDARS=1 make test` writes the files anew and fails; read the
difference before it is committed.
"""
