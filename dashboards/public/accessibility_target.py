"""What the pages are tested for: the tests in a browser and the accessibility statement agree."""

STANDARD = "WCAG 2.2 AA"
WIDTHS = (320, 768, 1280)
"""Of a window, in pixels."""
