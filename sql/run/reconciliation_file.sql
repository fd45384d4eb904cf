-- Every received file of the fiscal year: read = accepted + waiting + duplicate + rejected + returned + refused with the file, in
-- records and in yen as first read; what an officer's correction changed stands apart. A file's year is that of what was loaded
-- from it; where nothing was, the season in which it came (from October on, the next year's).
WITH loaded AS (
  SELECT file_no, max(fiscal_year) AS fiscal_year
  FROM (
    SELECT file_no, fiscal_year FROM ledger.document
    UNION ALL SELECT file_no, fiscal_year FROM ledger.resident
    UNION ALL SELECT file_no, fiscal_year FROM ledger.wage_report_summary
  )
  GROUP BY file_no
),
worked AS (
  SELECT
    file_no,
    count(*) AS stopped_count,
    sum(amount_yen)::BIGINT AS stopped_yen,
    count(*) FILTER (WHERE outcome = 'accepted') AS accepted_count,
    coalesce(sum(amount_yen) FILTER (WHERE outcome = 'accepted'), 0)::BIGINT AS accepted_yen,
    coalesce(sum(settled_yen - amount_yen) FILTER (WHERE outcome = 'accepted'), 0)::BIGINT AS corrected_yen,
    count(*) FILTER (WHERE outcome = 'duplicate') AS duplicate_count,
    coalesce(sum(amount_yen) FILTER (WHERE outcome = 'duplicate'), 0)::BIGINT AS duplicate_yen,
    count(*) FILTER (WHERE outcome = 'rejected') AS rejected_count,
    coalesce(sum(amount_yen) FILTER (WHERE outcome = 'rejected'), 0)::BIGINT AS rejected_yen,
    count(*) FILTER (WHERE outcome = 'returned') AS returned_count,
    coalesce(sum(amount_yen) FILTER (WHERE outcome = 'returned'), 0)::BIGINT AS returned_yen,
    count(*) FILTER (WHERE outcome = 'quarantined') AS waiting_count,
    coalesce(sum(amount_yen) FILTER (WHERE outcome = 'quarantined'), 0)::BIGINT AS waiting_yen
  FROM stopped_record
  GROUP BY file_no
)
SELECT
  file.file_no,
  file.source,
  file.sender,
  file.received_on,
  file.file_name,
  file.verdict,
  file.verdict_reason,
  file.read_count,
  file.read_yen,
  file.accepted_count + coalesce(worked.accepted_count, 0) AS accepted_count,
  file.accepted_yen + coalesce(worked.accepted_yen, 0) AS accepted_yen,
  coalesce(worked.waiting_count, 0) AS waiting_count,
  coalesce(worked.waiting_yen, 0) AS waiting_yen,
  file.duplicate_count + coalesce(worked.duplicate_count, 0) AS duplicate_count,
  file.duplicate_yen + coalesce(worked.duplicate_yen, 0) AS duplicate_yen,
  coalesce(worked.rejected_count, 0) AS rejected_count,
  coalesce(worked.rejected_yen, 0) AS rejected_yen,
  coalesce(worked.returned_count, 0) AS returned_count,
  coalesce(worked.returned_yen, 0) AS returned_yen,
  CASE file.verdict WHEN 'refused' THEN file.quarantined_count ELSE 0 END AS refused_count,
  CASE file.verdict WHEN 'refused' THEN file.quarantined_yen ELSE 0 END AS refused_yen,
  coalesce(worked.accepted_count, 0) AS worked_count,
  coalesce(worked.corrected_yen, 0) AS corrected_yen,
  file.warning_count
FROM ledger.source_file AS file
LEFT JOIN loaded USING (file_no)
LEFT JOIN worked USING (file_no)
WHERE coalesce(loaded.fiscal_year, year(file.received_on + to_months(3))) = $fiscal_year
ORDER BY file.source, file.received_on, file.file_no
