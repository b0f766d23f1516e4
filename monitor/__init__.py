"""From a sighting to a released, anonymous figure.

The modules at the root are the way of a sighting, to be read in this order: `sighting` (with
`evidence`), `place`, `identity`, `snapshot`, `locate`, `core`; `health` counts beside them. The
packages are what these use, and what runs them.
"""
