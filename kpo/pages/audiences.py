"""What the roles may do with the furniture around pages."""

from kpo.people.roles import Role, extend

for role in (Role.EDITOR, Role.ADMINISTRATOR):
    extend(
        role,
        "pages.view_announcement",
        "pages.add_announcement",
        "pages.change_announcement",
        "pages.delete_announcement",
        "pages.change_sitefurniture",
    )
