-- Documents by kind and day of the season, this fiscal year and the one before: how many that day. The day is that of the file's
-- arrival, the year before moved on by one.
SELECT
  document.document_kind,
  document.fiscal_year,
  (file.received_on + to_years(($fiscal_year - document.fiscal_year)::INTEGER))::DATE AS season_day,
  count(*) AS document_count
FROM ledger.document AS document
JOIN ledger.source_file AS file USING (file_no)
WHERE document.fiscal_year IN ($fiscal_year - 1, $fiscal_year)
GROUP BY ALL
ORDER BY document.document_kind, document.fiscal_year, season_day
