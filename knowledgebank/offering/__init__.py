"""From practice to knowledge: offering an example, editing it, and the submitter's consent."""
