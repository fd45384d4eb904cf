"""The proof: one folder a stage, mirroring pipelines/, sql/ and schemas/; `repository` proves that the tree keeps its word."""
