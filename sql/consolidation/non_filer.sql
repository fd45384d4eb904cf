-- Who lived here on 1 January, is of age, of whom no document and no supplement stands, and whom nobody claims as spouse or dependant (未申告者).
-- A document that waits for its person may be theirs: `awaited`.
WITH waiting AS (
  SELECT unnest(candidates) AS taxpayer_no
  FROM pinned_review_item
  JOIN (
    SELECT document_no, max(review_version) AS review_version
    FROM pinned_review_item
    GROUP BY document_no
  ) USING (document_no, review_version)
  JOIN pinned_document AS document USING (document_no)
  ANTI JOIN linked_document USING (document_no)
  WHERE document.fiscal_year = $fiscal_year AND reason NOT IN ('forwarded', 'closed') AND document.document_kind <> 'relative_inquiry'
)
SELECT
  taxpayer_no,
  born_on,
  $fiscal_year - 1 - year(born_on - 1) AS age_years,
  public_assistance,
  taxpayer_no IN (SELECT taxpayer_no FROM waiting) AS awaited
FROM resident_of_year
ANTI JOIN standing_document USING (taxpayer_no)
ANTI JOIN supplement_of_year USING (taxpayer_no)
ANTI JOIN (
  SELECT relative_taxpayer_no AS taxpayer_no
  FROM claimed_relative
  WHERE claimed AND verdict IS DISTINCT FROM 'deny'
) AS claimed USING (taxpayer_no)
WHERE $fiscal_year - 1 - year(born_on - 1) >= p_non_filer_age()
