"""The tree keeps its word: contracts between packages, generated documents, forbidden words, our SQL rules."""
