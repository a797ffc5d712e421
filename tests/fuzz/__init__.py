"""Fuzzing: inputs that nobody would write, and the promises that hold for them all the same.

`targets/` has one module for each thing that strangers' bytes get into. Each makes an input of any bytes whatever, and
checks what anthology promises of it. `python -m fuzz` tries them for as long as it is told to.
"""
