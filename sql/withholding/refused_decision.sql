-- Decisions that cannot be carried out and that no later one on the same number has replaced.
SELECT refused.decision_no, refused.problem
FROM checked_decision AS refused
WHERE refused.problem IS NOT NULL
  AND NOT EXISTS (
    FROM checked_decision AS later
    WHERE later.designated_no = refused.designated_no AND later.problem IS NULL AND later.place > refused.place
  )
ORDER BY refused.decision_no
