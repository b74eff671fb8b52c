"""Presentations by python-pptx: a slide per section, what is said aloud in its notes."""

from __future__ import annotations

import io

from pptx import Presentation
from pptx.slide import Slide

from knowledgebank.demo.builders.archive import settled
from knowledgebank.demo.builders.paper import Paper
from knowledgebank.demo.markdown import Block, Bullets, Heading, Paragraph, plain

TITLE_SLIDE, TITLE_AND_TEXT = 0, 1


def build(paper: Paper) -> bytes:
    """Raises ValueError for a table: on a slide it would be too small to read."""
    show = Presentation()
    facts = show.core_properties
    facts.title, facts.author, facts.language = paper.title, paper.organisation, "nl-NL"
    facts.created = facts.modified = paper.moment.replace(tzinfo=None)
    opening = show.slides.add_slide(show.slide_layouts[TITLE_SLIDE])
    opening.shapes.title.text = paper.title
    opening.placeholders[1].text = f"{paper.organisation}\n{paper.written_date}"
    _say(opening, paper.summary)
    slide = opening
    for block in paper.blocks:
        if isinstance(block, Heading):
            slide = show.slides.add_slide(show.slide_layouts[TITLE_AND_TEXT])
            slide.shapes.title.text = block.text
        else:
            _add(slide, block)
    target = io.BytesIO()
    show.save(target)
    return settled(target.getvalue(), paper.moment)


def _add(slide: Slide, block: Block) -> None:
    if isinstance(block, Bullets):
        slide.placeholders[1].text_frame.text = "\n".join(plain(item) for item in block.items)
    elif isinstance(block, Paragraph):
        _say(slide, plain(block.line))
    else:
        raise ValueError("Een tabel past niet op een dia.")


def _say(slide: Slide, text: str) -> None:
    notes = slide.notes_slide.notes_text_frame
    if notes is None:
        raise ValueError("Deze opmaak heeft geen plaats voor notities.")
    notes.text = "\n".join(filter(None, [notes.text, text]))
