"""What search holds about a person: nothing that leads to one.

A question of today stands with a hash of its asker under a key that is thrown away with the day;
what is kept longer has no asker at all, and no text that fewer than five people asked for. A report
of what is missing is kept without who made it, until a year after it was dealt with.
"""

from kpo.people.privacy import excuse

# What was looked for, not who looked.
excuse("search.Asking", "text", "asker")
excuse("search.AskedInMonth", "text")
excuse("search.MissingReport", "text", "remark")
