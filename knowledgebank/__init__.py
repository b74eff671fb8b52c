"""Themes, documents and practices. Imports search and kpo; the floors above fill its panels."""
