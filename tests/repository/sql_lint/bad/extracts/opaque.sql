FROM WHERE GROUP -- refused: unreadable
