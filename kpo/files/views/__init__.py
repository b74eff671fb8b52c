"""Serving files to readers, and the screens about files in the CMS."""
