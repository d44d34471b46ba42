"""Many servers behind one address: the files for it, and such a site on this machine."""
