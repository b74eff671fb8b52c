"""Nobody who edits has to guess what a field is for."""

from collections.abc import Iterator
from typing import Any

import pytest
from wagtail.admin.panels import get_edit_handler
from wagtail.blocks import Block, StructBlock
from wagtail.blocks.base import BlockField
from wagtail.images.blocks import ImageBlock
from wagtail.models import get_page_models
from wagtail.snippets.models import get_snippet_models

from kpo.pages.models import ReadablePage

# Wagtail's own, explained on its own screens; the audience's panel explains itself.
EXPLAINED = {"audience", "go_live_at", "expire_at", "comment_notifications", "id", "ORDER"}
EDITED = [model for model in get_page_models() if issubclass(model, ReadablePage)]


def fields_of(form: Any, name: str) -> Iterator[tuple[str, Any]]:
    for field_name, field in form.base_fields.items():
        yield f"{name}.{field_name}", field
    formsets = getattr(form, "formsets", {})
    for relation, formset in formsets.items():
        if relation != "comments":
            yield from fields_of(formset.form, f"{name}.{relation}")


def blocks_of(block: Block, name: str) -> Iterator[tuple[str, Block]]:
    # The fields inside an image are Wagtail's own.
    children = {} if isinstance(block, ImageBlock) else getattr(block, "child_blocks", {})
    for child_name, child in children.items():
        # A group of fields is explained by its fields.
        if not isinstance(child, StructBlock) or isinstance(child, ImageBlock):
            yield f"{name}.{child_name}", child
        yield from blocks_of(child, f"{name}.{child_name}")
    inner = getattr(block, "child_block", None)
    if inner is not None:
        yield from blocks_of(inner, f"{name}[]")


def help_of(block: Block) -> str:
    field = getattr(block, "field", None)
    return getattr(block.meta, "help_text", "") or getattr(field, "help_text", "")


@pytest.mark.parametrize(
    "model", [*EDITED, *get_snippet_models()], ids=lambda model: model.__name__
)
def test_every_field_and_block_says_what_it_is_for(model: Any) -> None:
    is_page = issubclass(model, ReadablePage)
    handler = model.get_edit_handler() if is_page else get_edit_handler(model)
    form = handler.get_form_class()
    silent = [
        name
        for name, field in fields_of(form, model.__name__)
        if name.rsplit(".", 1)[1] not in EXPLAINED and not field.help_text
    ]
    for field_name, field in form.base_fields.items():
        if isinstance(field, BlockField):
            blocks = blocks_of(field.block, f"{model.__name__}.{field_name}")
            silent += [name for name, block in blocks if not help_of(block)]
    assert silent == []
