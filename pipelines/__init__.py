"""The pipelines of the individual resident tax: one package a stage, over a common ground floor."""
