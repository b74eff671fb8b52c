"""Why a file is not taken in, said so that the person can do something about it."""

from django.core.exceptions import ValidationError


class RefusedError(ValidationError):
    """A file that may not come in. The message is one or two Dutch sentences for the sender."""

    @property
    def reason(self) -> str:
        return str(self.message)
