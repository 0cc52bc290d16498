"""Checked network to vector program: derivatives, sparsity, lowering, backends."""
