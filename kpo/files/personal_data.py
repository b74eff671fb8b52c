"""What this app holds about a person."""

from kpo.people.privacy import declare

for _model, _what in (("files.Document", "Bestand"), ("files.Image", "Beeld")):
    declare(
        model=_model,
        person="uploaded_by_user",
        fields={
            "title": f"{_what} dat je toevoegde",
            "original_name": "Bestandsnaam",
            "created_at": "Wanneer",
        },
        on_erase="anonymize",
        keep_days=None,
        reason="Om te weten wie wat heeft toegevoegd. Het bestand zelf is van het platform.",
    )
