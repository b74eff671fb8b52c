"""What search adds to the table of roles: whoever edits keeps the list of synonyms."""

from kpo.people.roles import Role, extend

for role in (Role.EDITOR, Role.ADMINISTRATOR):
    extend(
        role,
        "search.view_synonym",
        "search.add_synonym",
        "search.change_synonym",
        "search.delete_synonym",
    )
