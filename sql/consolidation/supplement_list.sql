-- Every decision on a supplement of the fiscal year and what became of it.
SELECT
  taxpayer_no,
  item,
  supplement_version,
  verdict,
  value,
  basis,
  checked.document_no,
  decision_no,
  officer,
  reason,
  decided_on,
  problem,
  standing.decision_no IS NOT NULL AS stands
FROM checked_supplement AS checked
LEFT JOIN (SELECT decision_no FROM supplement_of_year) AS standing USING (decision_no)
ORDER BY taxpayer_no NULLS LAST, item, supplement_version, decision_no
