"""What a book costs: synthetic anthologies of any size, built and measured. `make bench` runs it."""
