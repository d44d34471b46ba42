"""Words of every language, errors and how they are said, files that hold texts."""
