"""Pages that know who may read them. Imports files, people and audit."""
