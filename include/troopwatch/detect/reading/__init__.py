"""From text to what the rules look at: sentences, the gate, trees, numbers, times."""
