"""How the platform itself is doing: each app registers its lines, administrators read them."""
