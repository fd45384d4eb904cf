-- intake_file: counts a source, day and verdict. No yen: a file of one record would show one person's pay.
SELECT
  source,
  received_on,
  verdict,
  count(*) AS file_count,
  sum(read_count)::BIGINT AS read_count,
  sum(accepted_count)::BIGINT AS accepted_count,
  sum(quarantined_count)::BIGINT AS quarantined_count,
  sum(duplicate_count)::BIGINT AS duplicate_count,
  sum(warning_count)::BIGINT AS warning_count
FROM pinned_source_file
GROUP BY source, received_on, verdict
ORDER BY source, received_on, verdict
