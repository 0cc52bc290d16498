"""The playground: move a dose, a schedule, a parameter or a contested claim, and see every watched quantity redrawn."""
