"""The example content and the builders that make real files of it; `manage.py demo` plants it.

Imports run from planting to builders to content to markdown.
"""
