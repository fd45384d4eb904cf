-- What the registers say was last told, of the subjects of `staged_now` (宛名番号, 区, 指定番号), before the release: the same lines as there.
WITH told AS (
  SELECT concat_ws('|', taxpayer_no, coalesce(ward_code, ''), '') AS subject, CAST(amount_yen AS VARCHAR) AS line, amount_yen AS yen, commit_no
  FROM ledger.notice
  SEMI JOIN (SELECT release_no FROM ledger.release WHERE contract = $contract AND fiscal_year = $fiscal_year) AS same USING (release_no)
  WHERE release_no < $release_no
  UNION ALL
  SELECT concat_ws('|', taxpayer_no, ward_code, payer_no), CAST(amount_yen AS VARCHAR), amount_yen, commit_no
  FROM ledger.employer_notice
  WHERE fiscal_year = $fiscal_year AND release_no < $release_no
)
SELECT subject, line, yen
FROM told
SEMI JOIN staged_now USING (subject)
QUALIFY row_number() OVER (PARTITION BY subject ORDER BY commit_no DESC, line DESC) = 1
ORDER BY subject
