"""Reads the text of a file, page by page or section by section; runs in the converter only."""
