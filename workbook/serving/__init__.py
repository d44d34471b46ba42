"""What Voilà's server needs beyond its own settings. Named in voila.json, imported nowhere else."""
