"""What lies under everything else: durable writes, the disk, DuckDB files, the outbox and decisions."""
