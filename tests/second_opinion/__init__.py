"""A slow, plain second reading of the definition book: judges the product on random data and shares no code with it."""
