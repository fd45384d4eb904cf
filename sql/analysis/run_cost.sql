-- run_cost: what each step of each run cost. No yen, for the same reason as in intake_file.
SELECT
  run.run_no,
  run.stage,
  run.fiscal_year,
  run.as_of,
  run.commit_no,
  step.step_no,
  step.step,
  step.rows_in,
  step.rows_out,
  step.duration_ms,
  step.memory_peak_bytes
FROM ledger.run run
JOIN ledger.run_step step USING (run_no)
WHERE run.commit_no <= $commit_no_max AND run.as_of <= $as_of
ORDER BY run.run_no, step.step_no
