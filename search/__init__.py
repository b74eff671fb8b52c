"""Finding: one contract for engines, under the reader's rights. Knows no model of the floors above."""
