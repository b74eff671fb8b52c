"""The nouns of this app, each in a file of its own; imports run from user to what refers to it."""

from kpo.people.models.access_request import AccessRequest
from kpo.people.models.attribution import Attributed
from kpo.people.models.block import Block
from kpo.people.models.circle import Circle, CircleGrant, CirclePart
from kpo.people.models.employer_change import EmployerChange
from kpo.people.models.envelope import Envelope, ReturnedMail
from kpo.people.models.factor_reset import FactorReset
from kpo.people.models.invitation import Invitation
from kpo.people.models.invitation_list import InvitationLine, InvitationList
from kpo.people.models.mail_refusal import MailRefusal
from kpo.people.models.organisation import Organisation
from kpo.people.models.renewal import Renewal
from kpo.people.models.user import User

__all__ = [
    "AccessRequest",
    "Attributed",
    "Block",
    "Circle",
    "CircleGrant",
    "CirclePart",
    "EmployerChange",
    "Envelope",
    "FactorReset",
    "Invitation",
    "InvitationLine",
    "InvitationList",
    "MailRefusal",
    "Organisation",
    "Renewal",
    "ReturnedMail",
    "User",
]
