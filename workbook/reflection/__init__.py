"""What answers and results say, in words: themes, message, plan, progress, sentences."""
