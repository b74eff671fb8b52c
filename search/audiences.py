"""What search adds to the table of roles: whoever edits keeps the synonyms and the pins."""

from kpo.people.roles import Role, extend

for role in (Role.EDITOR, Role.ADMINISTRATOR):
    extend(
        role,
        "search.view_synonym",
        "search.add_synonym",
        "search.change_synonym",
        "search.delete_synonym",
        "search.view_pin",
        "search.add_pin",
        "search.change_pin",
        "search.delete_pin",
    )
