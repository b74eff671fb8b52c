"""People are managed in one place: Wagtail's own screens for that are shut or narrowed."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import Group
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import URLResolver, get_resolver, reverse
from wagtail.models import ModelLogEntry
from wagtail.users.models import UserProfile

from kpo.people.models import User
from kpo.people.roles import Role
from tests.factories.files import png
from tests.factories.people import UserFactory

pytestmark = pytest.mark.django_db
ACCOUNT = "/cms/account/"
OTHERS_NAME = {
    "name_email-first_name": "Een",
    "name_email-last_name": "Ander",
    "name_email-email": "ander@voorbeeld.nl",
    "password-new_password1": "een-heel-andere-zin-7",
    "password-new_password2": "een-heel-andere-zin-7",
    "theme-theme": "dark",
    "theme-contrast": "system",
    "theme-density": "default",
}


@pytest.mark.parametrize("role", [Role.EDITOR, Role.ADMINISTRATOR])
def test_the_cms_changes_neither_name_nor_address_nor_password_nor_picture(
    role: Role, sign_in: Callable[[User], Client]
) -> None:
    person = UserFactory(roles=[role])
    client = sign_in(person)
    page = client.get(ACCOUNT).content.decode()
    assert "/mijn/profiel/" in page
    for field in (*OTHERS_NAME, "avatar-avatar"):
        assert (f'name="{field}"' in page) is field.startswith("theme-")
    answer = client.post(ACCOUNT, {**OTHERS_NAME, "avatar-avatar": ContentFile(png(), "a.png")})
    assert answer["Location"] == ACCOUNT
    after = User.objects.get(pk=person.pk)
    assert (after.get_full_name(), after.email) == (person.get_full_name(), person.email)
    assert after.password == person.password
    profile = after.wagtail_userprofile
    assert (profile.theme, bool(profile.avatar)) == ("dark", False)
    assert not ModelLogEntry.objects.exists()


def test_preferences_that_make_no_sense_are_not_saved(
    sign_in: Callable[[User], Client],
) -> None:
    person = UserFactory(roles=[Role.EDITOR])
    answer = sign_in(person).post(ACCOUNT, {**OTHERS_NAME, "theme-theme": "paars"})
    assert answer.status_code == 200
    assert not UserProfile.objects.filter(theme="paars").exists()


def test_a_reader_has_no_account_page_in_the_cms(sign_in: Callable[[User], Client]) -> None:
    assert sign_in(UserFactory()).get(ACCOUNT).status_code in (302, 403, 404)


def cms_resolver() -> URLResolver:
    return next(one for one in get_resolver().url_patterns if str(one.pattern) == "cms/")


def screens_of_wagtail_about_people() -> list[str]:
    """Every address of Wagtail's own screens for users and groups, filled in."""
    values = {"pk": "1", "user_id": "1", "group_id": "1", "content_type_id": "1"}
    found = []
    for namespace in ("wagtailusers_users", "wagtailusers_groups"):
        _, inner = cms_resolver().namespace_dict[namespace]
        for name in inner.reverse_dict:
            if isinstance(name, str):
                for _, names in inner.reverse_dict.getlist(name)[0][0]:
                    kwargs = {key: values[key] for key in names}
                    found.append(reverse(f"{namespace}:{name}", kwargs=kwargs))
    bulk = [f"/cms/bulk/people/user/{action}/" for action in ("delete", "assign_role")]
    return [*found, *bulk, "/cms/bulk/people/user/set_active_state/"]


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.EDITOR, Role.AUDITOR])
def test_every_screen_of_wagtail_about_people_and_groups_is_shut(
    role: Role, sign_in: Callable[[User], Client]
) -> None:
    client = sign_in(UserFactory(roles=[role]))
    target = UserFactory()
    paths = screens_of_wagtail_about_people()
    assert len(paths) > 12
    form = {"first_name": "x", "last_name": "x", "email": "x@voorbeeld.nl", "name": "x"}
    before = set(Group.objects.values_list("name", flat=True))
    for path in paths:
        shut = path.replace("/1/", f"/{target.pk}/")
        for answer in (client.get(shut), client.post(f"{shut}?id={target.pk}", form)):
            assert answer.status_code in (302, 403, 404, 405), shut
            assert target.email not in answer.content.decode(), shut
    assert User.objects.filter(pk=target.pk, is_active=True, email=target.email).exists()
    assert set(Group.objects.values_list("name", flat=True)) == before


def test_a_reason_with_a_null_or_a_turned_text_is_refused_with_a_sentence(
    sign_in: Callable[[User], Client],
) -> None:
    cms = sign_in(UserFactory(roles=[Role.ADMINISTRATOR]))
    UserFactory(roles=[Role.ADMINISTRATOR])
    lost = UserFactory(factor=True)
    for reason in ("a\x00b", "a\u202eb", "x" * 1001):
        page = cms.post(f"/cms/mensen/{lost.uuid}/tweede-stap/", {"reason": reason}, follow=True)
        assert page.status_code == 200
        assert not lost.factor_resets.exists()
