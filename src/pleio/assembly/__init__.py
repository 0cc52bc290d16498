"""Claims to switches on a mechanism, with the trail from each reaction and parameter back to its claims."""
