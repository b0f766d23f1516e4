"""Diagnoses Lesrust: what is wrong, how each part is, and what to do about it.

`observer` asks the store, the sensor and the disk; everything else only thinks about its answers.
"""
