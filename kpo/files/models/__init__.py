"""The stored file and its kinds: documents with their text, images with their renditions."""

from kpo.files.models.documents import Document, FilePage
from kpo.files.models.images import Image, Rendition
from kpo.files.models.stored import StoredFile

__all__ = ["Document", "FilePage", "Image", "Rendition", "StoredFile"]
