-- Decisions on supplements that cannot be carried out and that no later one on the same item has replaced.
SELECT refused.decision_no, refused.problem
FROM checked_supplement AS refused
ANTI JOIN checked_supplement AS later
  ON later.subject = refused.subject
  AND later.problem IS NULL
  AND later.supplement_version > refused.supplement_version
WHERE refused.problem IS NOT NULL
ORDER BY refused.decision_no
