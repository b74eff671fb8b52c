"""What happens to pages that other floors answer to, beside Wagtail's own page signals."""

from django.dispatch import Signal

# Sent in the changing transaction with `page`, a ReadablePage whose audience was just written.
audience_changed = Signal()

# Sent in the changing transaction with `page`, a ReadablePage that is at another address now, with
# all below it. Wagtail's own signal comes after the commit, and never if the process ends there.
address_changed = Signal()

# Sent in the publishing transaction with `page`, whose content just went live, and `since`: the
# moment of the publication before this one, None for the first.
went_live = Signal()

# Sent by the form of the CMS with `page`, as it is about to be published: a receiver that raises
# ValidationError has its sentence shown there, with all that was typed kept.
about_to_publish = Signal()
