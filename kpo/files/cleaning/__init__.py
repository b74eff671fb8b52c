"""Takes out of a file what its maker did not mean to publish; runs in the converter only."""
