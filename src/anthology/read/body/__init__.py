"""What an article's body is made into: notes, pictures, headings, typography, blocks; one step a module."""
