"""What Lesrust is made of: a bill of materials, licences, and what is known against them."""
