-- Named relatives of whom something else is known than what the ledger last said.
SELECT
  outcome.document_no,
  outcome.role,
  outcome.relative_no,
  coalesce(newest.relative_link_version, 0) + 1 AS relative_link_version,
  outcome.taxpayer_no,
  outcome.rule,
  outcome.reason
FROM relative_outcome AS outcome
LEFT JOIN current_relative_link AS newest USING (document_no, role, relative_no)
WHERE (outcome.taxpayer_no, outcome.rule, outcome.reason)
  IS DISTINCT FROM (newest.taxpayer_no, newest.rule, newest.reason)
ORDER BY document_no, role, relative_no
