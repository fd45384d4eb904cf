-- What people decided: a link to a taxpayer, forwarding to the municipality that may tax (回送), or keeping for later.
SELECT
  document_no,
  decision_no,
  CASE WHEN verdict NOT IN ('forward', 'keep') THEN verdict END AS taxpayer_no,
  CASE WHEN verdict = 'forward' THEN 'forwarded' WHEN verdict = 'keep' THEN 'kept' END AS reason,
  CASE
    WHEN verdict = 'forward' THEN '職員の決定により、課税権のある市区町村へ回送します。'
    WHEN verdict = 'keep' THEN '職員の決定により、保留しています。'
  END AS message
FROM link_decision
SEMI JOIN document_of_year USING (document_no)
WHERE newest
