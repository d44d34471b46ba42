"""The questionnaire: frozen values, read from a file and checked whole; and answers to it."""
