"""The work behind the command line and the DAGs: plain functions that may call any stage."""
