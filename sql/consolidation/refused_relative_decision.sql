-- Decisions on relatives that cannot be carried out and that no later one on the same subject has replaced.
SELECT refused.decision_no, refused.problem
FROM relative_decision AS refused
LEFT JOIN relative_decision AS valid ON valid.subject = refused.subject AND valid.newest
WHERE refused.problem IS NOT NULL
  AND (valid.decision_no IS NULL OR (valid.decided_on, valid.decision_no) < (refused.decided_on, refused.decision_no))
ORDER BY refused.decision_no
