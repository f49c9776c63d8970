"""Speed and memory, measured in one run so that the ratios are fair. `make bench` runs them all."""
