"""Who and what a name stands for: the codebook's dictionaries of actors and places."""
