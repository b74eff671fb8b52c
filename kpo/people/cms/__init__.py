"""The screens of administrators in the CMS: people, organisations, circles and what waits."""
