"""Others' lists of hostnames, held against the catalogue: what do they have that it has not?"""
