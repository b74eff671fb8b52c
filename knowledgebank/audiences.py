"""What the roles may do in the knowledge bank, beside its pages."""

from kpo.people.roles import Role, extend

for role in (Role.EDITOR, Role.ADMINISTRATOR):
    extend(
        role,
        "knowledgebank.view_barrier",
        "knowledgebank.add_barrier",
        "knowledgebank.change_barrier",
        "knowledgebank.delete_barrier",
        "knowledgebank.view_glossaryterm",
        "knowledgebank.add_glossaryterm",
        "knowledgebank.change_glossaryterm",
        "knowledgebank.delete_glossaryterm",
        "knowledgebank.view_contactmessage",
        "knowledgebank.change_contactmessage",
    )
for role in (Role.BOARD_CHAIR, Role.ADMINISTRATOR):
    extend(
        role,
        "knowledgebank.view_reviewrule",
        "knowledgebank.add_reviewrule",
        "knowledgebank.change_reviewrule",
        "knowledgebank.delete_reviewrule",
    )
