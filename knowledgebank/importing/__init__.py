"""Taking in documents by the folder. Imports run downwards: run → pages → metadata."""

from knowledgebank.importing.options import Options
from knowledgebank.importing.run import REFUSALS, Report, Result, find_files, import_files

__all__ = ["REFUSALS", "Options", "Report", "Result", "find_files", "import_files"]
