-- Every decision of an officer on a relative of the fiscal year's documents, and on none at all: what it says, and why it cannot be
-- carried out (problem: malformed, other_taxpayer, unknown_relative or NULL). `subject` is taxpayer:document:role:place.
-- `newest` marks the last one of a subject that can be carried out. A withdrawn decision holds as none.
WITH asked AS (
  SELECT
    decision_no,
    decided_on,
    subject,
    verdict,
    reason,
    split_part(subject, ':', 1) AS taxpayer_no,
    TRY_CAST(split_part(subject, ':', 2) AS BIGINT) AS document_no,
    split_part(subject, ':', 3) AS role,
    TRY_CAST(split_part(subject, ':', 4) AS INTEGER) AS relative_no
  FROM pinned_decision
  WHERE decision_kind = 'relative'
),
checked AS (
  SELECT
    asked.*,
    named.relative_taxpayer_no,
    CASE
      WHEN asked.verdict = 'withdraw' THEN NULL
      WHEN asked.verdict NOT IN ('deny', 'allow') THEN 'malformed'
      WHEN named.document_no IS NULL THEN 'unknown_relative'
      WHEN document.taxpayer_no IS DISTINCT FROM asked.taxpayer_no THEN 'other_taxpayer'
    END AS problem
  FROM asked
  LEFT JOIN pinned_document AS found ON found.document_no = asked.document_no
  LEFT JOIN linked_document AS document ON document.document_no = asked.document_no
  LEFT JOIN named_relative AS named
    ON named.document_no = asked.document_no AND named.role = asked.role AND named.relative_no = asked.relative_no
  WHERE found.document_no IS NULL OR found.fiscal_year = $fiscal_year
)
SELECT
  *,
  row_number() OVER (PARTITION BY subject, problem IS NULL ORDER BY decided_on DESC, decision_no DESC) = 1
    AND problem IS NULL AS newest
FROM checked
