"""What is kept and laid side by side: the check-in file, tables of check-ins."""
