"""When things run, what they wait for, who approves: one file a DAG, generated for every municipality with a profile."""
