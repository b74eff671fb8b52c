"""What this app adds to the table of roles: patterns are the administrator's."""

from kpo.people.roles import Role, extend

extend(
    Role.ADMINISTRATOR,
    "casedata.view_pattern",
    "casedata.add_pattern",
    "casedata.change_pattern",
    "casedata.delete_pattern",
)
