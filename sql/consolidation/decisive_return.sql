-- The return that decides for its taxpayer, and how it stands beside others: what the tax office corrected (更正・決定) or the
-- taxpayer amended (修正申告), then the latest 確定申告書 (法315), then the latest 市民税・県民税申告書 (法317の2).
-- resident_return_beside: there is a resident tax return as well. One filed before the 確定申告書 still stands (法317の3①
-- ただし書), which a person must look at.
-- Premiums for which the return names the withholding statement (源泉徴収票のとおり) are unknown here: the reports give them.
WITH withdrawn AS (
  SELECT DISTINCT earlier.document_no
  FROM linked_document AS earlier
  JOIN linked_document AS later
    ON later.taxpayer_no = earlier.taxpayer_no
    AND later.document_kind = earlier.document_kind
    AND later.submission_kind = 'cancellation'
    AND (later.received_on, later.file_no, later.record_no) > (earlier.received_on, earlier.file_no, earlier.record_no)
)
SELECT
  document.taxpayer_no,
  filed.* EXCLUDE (known_on, commit_no) REPLACE (
    CASE WHEN filed.life_premiums_as_reported THEN nullif(filed.new_general_premium_yen, 0) ELSE filed.new_general_premium_yen END AS new_general_premium_yen,
    CASE WHEN filed.life_premiums_as_reported THEN nullif(filed.old_general_premium_yen, 0) ELSE filed.old_general_premium_yen END AS old_general_premium_yen,
    CASE WHEN filed.life_premiums_as_reported THEN nullif(filed.care_premium_yen, 0) ELSE filed.care_premium_yen END AS care_premium_yen,
    CASE WHEN filed.life_premiums_as_reported THEN nullif(filed.new_pension_premium_yen, 0) ELSE filed.new_pension_premium_yen END AS new_pension_premium_yen,
    CASE WHEN filed.life_premiums_as_reported THEN nullif(filed.old_pension_premium_yen, 0) ELSE filed.old_pension_premium_yen END AS old_pension_premium_yen,
    CASE WHEN filed.earthquake_premiums_as_reported THEN nullif(filed.earthquake_premium_yen, 0) ELSE filed.earthquake_premium_yen END AS earthquake_premium_yen,
    CASE WHEN filed.earthquake_premiums_as_reported THEN nullif(filed.old_long_term_premium_yen, 0) ELSE filed.old_long_term_premium_yen END AS old_long_term_premium_yen
  ),
  bool_or(return_kind = 'resident') OVER person AND bool_or(return_kind <> 'resident') OVER person
    AS resident_return_beside
FROM linked_document AS document
JOIN pinned_tax_return AS filed USING (document_no)
ANTI JOIN withdrawn USING (document_no)
WHERE document.submission_kind <> 'cancellation'
WINDOW person AS (PARTITION BY document.taxpayer_no)
QUALIFY row_number() OVER (
  PARTITION BY document.taxpayer_no
  ORDER BY
    CASE return_kind WHEN 'corrected' THEN 1 WHEN 'amended' THEN 1 WHEN 'final' THEN 2 ELSE 3 END,
    filed_on DESC,
    document.received_on DESC,
    document.file_no DESC,
    document.record_no DESC
) = 1
