"""The market beside what is known exactly: one limiting case a file."""
