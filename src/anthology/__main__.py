"""`python -m anthology` is `anthology`."""

from anthology.cli import main

if __name__ == "__main__":
    main()
