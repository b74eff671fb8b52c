"""The forms people fill in about themselves and each other."""

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.http import HttpRequest

from kpo.people import profile
from kpo.people.models import AccessRequest, Organisation, User
from kpo.people.names import clean_address, validate_name, validate_text
from kpo.people.reader import Reader

PHONE_CHARACTERS = set("0123456789 +-()")


class AddressField(forms.EmailField):
    """An address in the one form it is stored in."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", "E-mailadres")
        kwargs.setdefault(
            "widget", forms.EmailInput(attrs={"autocomplete": "email", "spellcheck": "false"})
        )
        super().__init__(max_length=254, **kwargs)

    def clean(self, value: Any) -> str:
        return clean_address(super().clean(value))


class NameField(forms.CharField):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(validators=[validate_name], **kwargs)


class AcceptForm(forms.Form):
    """What a newcomer fills in: a name and a password."""

    first_name = NameField(label="Voornaam", max_length=80)
    last_name = NameField(label="Achternaam", max_length=120)
    function = NameField(label="Functie", max_length=120, required=False)
    password = forms.CharField(
        label="Wachtwoord",
        strip=False,
        max_length=1000,
        help_text="Minstens 12 tekens. Een zin van vier woorden is goed te onthouden.",
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, email: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.email = email
        self.fields["first_name"].widget.attrs["autocomplete"] = "given-name"
        self.fields["last_name"].widget.attrs["autocomplete"] = "family-name"

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        person = User(
            email=self.email,
            first_name=data.get("first_name", ""),
            last_name=data.get("last_name", ""),
        )
        try:
            validate_password(data.get("password", ""), person)
        except ValidationError as error:
            self.add_error("password", error)
        return data


class AccessRequestForm(forms.ModelForm[AccessRequest]):
    """What a stranger tells. Not a ModelForm's own check on open requests: that would tell."""

    email = AddressField(help_text="Gebruik het adres van je werk.")
    # Left empty by people, filled in by programs that fill in everything.
    website = forms.CharField(label="Laat dit leeg", required=False, widget=forms.HiddenInput)

    class Meta:
        model = AccessRequest
        fields = (
            "first_name",
            "last_name",
            "email",
            "organisation_name",
            "function",
            "motivation",
        )
        labels = {
            "first_name": "Voornaam",
            "last_name": "Achternaam",
            "organisation_name": "Organisatie",
            "function": "Functie",
            "motivation": "Waarom wil je KPO gebruiken?",
        }
        widgets = {"motivation": forms.Textarea(attrs={"rows": 4})}

    def validate_constraints(self) -> None:
        """An earlier request of the same address is answered by mail, not on the screen."""

    @property
    def is_by_a_program(self) -> bool:
        return bool(self.cleaned_data.get("website"))

    def answers(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self.Meta.fields}


class ProfileForm(forms.ModelForm[User]):
    """One's own profile, with for each part to whom it is shown."""

    class Meta:
        model = User
        fields = (
            "first_name",
            "last_name",
            "show_profile",
            "in_directory",
            "function",
            "show_function",
            "expertise",
            "show_expertise",
            "interests",
            "show_interests",
            "phone",
            "show_phone",
            "show_email",
        )
        labels = {
            "first_name": "Voornaam",
            "last_name": "Achternaam",
            "show_profile": "Wie ziet je naam en organisatie?",
            "in_directory": "Zet mij in de mensengids",
            "function": "Functie",
            "show_function": "Wie ziet je functie?",
            "expertise": "Waar weet je veel van?",
            "show_expertise": "Wie ziet waar je veel van weet?",
            "show_interests": "Wie ziet je onderwerpen?",
            "phone": "Telefoon",
            "show_phone": "Wie ziet je telefoonnummer?",
            "show_email": "Wie ziet je e-mailadres?",
        }
        widgets = {"expertise": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args: Any, reader: Reader, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = profile.interest_choices(reader)
        self.fields["interests"] = forms.MultipleChoiceField(
            label="Onderwerpen",
            choices=choices,
            required=False,
            widget=forms.CheckboxSelectMultiple,
        )
        if not choices:
            del self.fields["interests"], self.fields["show_interests"]

    @property
    def pairs(self) -> list[list[forms.BoundField]]:
        """The fields by two: a part of the profile, and to whom it is shown."""
        names = [name for name in self.fields if name != "in_directory"]
        order = ["first_name", "last_name", "show_profile", "show_email"]
        order += [name for name in names if name not in order]
        return [[self[name] for name in order[at : at + 2]] for at in range(0, len(order), 2)]

    def clean_phone(self) -> str:
        phone: str = self.cleaned_data["phone"].strip()
        if set(phone) - PHONE_CHARACTERS:
            raise ValidationError("Een telefoonnummer heeft cijfers, spaties, + en -.")
        return phone


class EmployerForm(forms.Form):
    """Where one works now, and the address there."""

    organisation = forms.ModelChoiceField(
        label="Je nieuwe organisatie",
        queryset=Organisation.objects.all(),
        to_field_name="uuid",
        help_text="Alleen een ander adres? Kies dan je eigen organisatie.",
    )
    email = AddressField(label="Je e-mailadres daar")
    function = NameField(label="Je functie daar", max_length=120, required=False)


class InviteForm(forms.Form):
    email = AddressField()
    first_name = NameField(label="Voornaam", max_length=80, required=False)
    last_name = NameField(label="Achternaam", max_length=120, required=False)


class ReasonForm(forms.Form):
    """Why: for decisions that are explained to someone."""

    reason = forms.CharField(
        label="Reden",
        max_length=1000,
        validators=[validate_text],
        widget=forms.Textarea(attrs={"rows": 3}),
    )


def reason_given(request: HttpRequest) -> str:
    """The reason in a form that is a part of a page, perhaps empty; raises ValidationError."""
    form = ReasonForm(request.POST)
    form.fields["reason"].required = False
    if not form.is_valid():
        raise ValidationError(form.errors["reason"][0])
    reason: str = form.cleaned_data["reason"]
    return reason
