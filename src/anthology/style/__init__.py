"""House style: what an article says, held against what the house has settled, and what of it can be mended safely.

Pure: a text and a style become findings with their places, and findings become a mended text.
"""
