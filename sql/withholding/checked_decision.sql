-- Every decision on an employer: what it says, and why it cannot be carried out.
-- problem: malformed, number_taken, unknown_document, unknown_number, unknown_successor, merge_cycle or NULL.
WITH RECURSIVE placed AS (
  SELECT
    decision.*,
    row_number() OVER (ORDER BY decided_on, decision_no) AS place,
    row_number() OVER (PARTITION BY designated_no, verdict ORDER BY decided_on, decision_no) AS nth,
    lead(decision_no) OVER (PARTITION BY designated_no, verdict ORDER BY decided_on, decision_no) AS next_decision_no
  FROM employer_decision AS decision
),
merged AS (
  SELECT placed.designated_no, placed.merged_into, placed.place, next.place AS next_place
  FROM placed
  LEFT JOIN placed AS next ON next.decision_no = placed.next_decision_no
  WHERE placed.verdict = 'merge' AND placed.merged_into <> ''
),
-- From where a merger leads, by the mergers in force when it was decided.
reached AS (
  SELECT decision_no, place, designated_no, merged_into AS at_no
  FROM placed
  WHERE verdict = 'merge' AND merged_into <> ''
  UNION
  SELECT reached.decision_no, reached.place, reached.designated_no, merged.merged_into
  FROM reached
  JOIN merged ON merged.designated_no = reached.at_no
    AND merged.place < reached.place AND (merged.next_place IS NULL OR merged.next_place > reached.place)
),
known AS (
  SELECT designated_no, min(known_on) AS known_on
  FROM said
  GROUP BY designated_no
),
existing AS (
  SELECT designated_no FROM known
  UNION
  SELECT designated_no FROM placed WHERE verdict = 'register' AND well_formed
)
SELECT
  placed.* EXCLUDE (next_decision_no),
  CASE
    WHEN NOT placed.well_formed THEN 'malformed'
    WHEN placed.verdict = 'register' AND (placed.nth > 1 OR known.known_on < placed.decided_on) THEN 'number_taken'
    WHEN placed.document_no IS NOT NULL AND report.document_no IS NULL THEN 'unknown_document'
    WHEN placed.verdict IN ('change', 'merge') AND placed.designated_no NOT IN (SELECT designated_no FROM existing)
      THEN 'unknown_number'
    WHEN placed.merged_into <> '' AND placed.merged_into NOT IN (SELECT designated_no FROM existing)
      THEN 'unknown_successor'
    WHEN EXISTS (
      FROM reached WHERE reached.decision_no = placed.decision_no AND reached.at_no = placed.designated_no
    ) THEN 'merge_cycle'
  END AS problem,
  report.corporate_number AS report_corporate_number,
  report.number_id AS report_number_id,
  report.name AS report_name,
  report.address AS report_address
FROM placed
LEFT JOIN known USING (designated_no)
LEFT JOIN payer_report AS report ON report.document_no = placed.document_no
