"""What the journal decides: pure rules over plain data. Standard library only; no clock, chance, input or output."""
