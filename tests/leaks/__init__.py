"""The leak search: every synthetic individual number and name, in every decoding, in every container, where they may not be."""
