-- Every decision on a document of the fiscal year, and on no document at all: what it asks, and why it cannot be carried out.
-- problem: unknown_document, unknown_taxpayer or NULL. `newest` marks the last of a document's decisions that can be carried out.
-- `keep` on a document that does not exist is how an officer takes back a decision with a mistyped number.
WITH asked AS (
  SELECT decision_no, decided_on, subject, TRY_CAST(subject AS BIGINT) AS document_no, verdict
  FROM pinned_decision
  WHERE decision_kind = 'link'
),
checked AS (
  SELECT
    asked.*,
    CASE
      WHEN document.document_no IS NULL AND asked.verdict <> 'keep' THEN 'unknown_document'
      WHEN asked.verdict NOT IN ('forward', 'keep') AND resident.taxpayer_no IS NULL THEN 'unknown_taxpayer'
    END AS problem
  FROM asked
  LEFT JOIN pinned_document AS document ON document.document_no = asked.document_no
  LEFT JOIN resident_of_year AS resident ON resident.taxpayer_no = asked.verdict
  WHERE document.document_no IS NULL OR document.fiscal_year = $fiscal_year
)
SELECT
  decision_no,
  decided_on,
  subject,
  document_no,
  verdict,
  problem,
  row_number() OVER (PARTITION BY subject, problem IS NULL ORDER BY decided_on DESC, decision_no DESC) = 1
    AND problem IS NULL AS newest
FROM checked
