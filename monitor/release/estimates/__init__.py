"""What released figures say of what is true: post-processing, at no loss of privacy.

Everything here works on numbers that were drawn already. Nothing knows an exact count.
"""
