-- The relatives named by the document that speaks for a taxpayer, with age (of 31 December, 年齢計算ニ関スル法律: whoever was born on 1 January
-- has reached it), the class of that age, and what an officer decided: of this very entry, or of the same person for the same
-- taxpayer in whatever document, the latest of them.
WITH entry AS (
  SELECT
    claim.taxpayer_no,
    named.*,
    coalesce(resident.born_on, named.born_on) AS known_born_on,
    $fiscal_year - 1 - year(known_born_on - 1) AS age_years,
    coalesce(resident.household_no = taxpayer.household_no, false) AS same_household,
    claim.has_spouse OR named.role <> 'spouse' AS claimed
  FROM relative_claim AS claim
  JOIN named_relative AS named USING (document_no)
  JOIN resident_of_year AS taxpayer ON taxpayer.taxpayer_no = claim.taxpayer_no
  LEFT JOIN resident_of_year AS resident ON resident.taxpayer_no = named.relative_taxpayer_no
),
decided AS (
  SELECT
    entry.document_no,
    entry.role,
    entry.relative_no,
    nullif(decision.verdict, 'withdraw') AS verdict,
    decision.decision_no,
    decision.decided_on,
    decision.reason AS verdict_reason
  FROM entry
  JOIN relative_decision AS decision
    ON decision.taxpayer_no = entry.taxpayer_no
    AND (
      decision.relative_taxpayer_no = entry.relative_taxpayer_no
      OR (decision.document_no, decision.role, decision.relative_no) = (entry.document_no, entry.role, entry.relative_no)
    )
  WHERE decision.newest
  QUALIFY row_number() OVER (
    PARTITION BY entry.document_no, entry.role, entry.relative_no
    ORDER BY decision.decided_on DESC, decision.decision_no DESC
  ) = 1
)
SELECT
  entry.taxpayer_no,
  document_no,
  role,
  relative_no,
  number_id,
  name,
  relative_taxpayer_no,
  unfound_because,
  known_born_on AS born_on,
  age_years,
  same_household,
  disability,
  living_apart,
  claimed,
  CASE
    WHEN role <> 'dependant' OR age_years < p_dependant_age() THEN NULL
    WHEN age_years < p_specific_dependant_age() THEN 'other'
    WHEN age_years < p_specific_dependant_end_age() THEN 'specific'
    WHEN age_years < p_elderly_age() THEN 'other'
    WHEN age_years >= p_elderly_age() THEN 'elderly'
  END AS age_class,
  decided.verdict,
  decided.decision_no,
  decided.decided_on,
  decided.verdict_reason
FROM entry
LEFT JOIN decided USING (document_no, role, relative_no)
