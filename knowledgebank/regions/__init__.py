"""What goes on in a region, and the map of all regions. The models use what stands here."""
