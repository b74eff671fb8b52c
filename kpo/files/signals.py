"""What others may want to hear about files."""

from django.dispatch import Signal

# Sent with `document` in the transaction that writes its pages; sender is the Document class.
text_extracted = Signal()
# Sent with `instance` when other bytes took the place of those that a row had; sender is its class.
bytes_replaced = Signal()
# Sent with `instance` and `actor` in the transaction in which an administrator keeps a file shut
# for good; sender is its class.
file_refused = Signal()
