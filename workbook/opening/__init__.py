"""What the page says first, as plain HTML: no widget, no script and no kernel is needed for it."""
