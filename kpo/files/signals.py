"""What others may want to hear about files."""

from django.dispatch import Signal

# Sent with `document` in the transaction that writes its pages; sender is the Document class.
text_extracted = Signal()
