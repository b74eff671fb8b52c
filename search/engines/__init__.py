"""What ranks and counts: one small protocol, so that the site does not know which engine it has."""
