-- tax_return_relative: the spouse and the relatives whom 第二表 names, in the form's order. `specific_relative`: named for
-- 特定親族特別控除 (特親), hence no dependant.
WITH relative AS (
  SELECT
    row_no,
    'spouse' AS role,
    1 AS relative_no,
    spouse_name AS name,
    '' AS relationship,
    spouse_born_on AS born_on,
    CASE WHEN spouse_abroad = '2' THEN '01' ELSE '00' END AS residence_code,
    CASE
      WHEN spouse_special_disability = '2' THEN 'special'
      WHEN spouse_ordinary_disability = '2' THEN 'ordinary'
      ELSE 'none'
    END AS disability,
    coalesce(spouse_apart = '2', false) AS living_apart,
    false AS under_16,
    coalesce(spouse_adjustment = '2', false) AS adjustment_only,
    'spouse_number' AS item
  FROM record
  WHERE coalesce(spouse_name, spouse_born_era) IS NOT NULL OR spouse_number IS NOT NULL
  UNION ALL
  SELECT
    row_no,
    CASE WHEN one.specific_relative THEN 'specific_relative' WHEN one.child THEN 'under_16' ELSE 'dependant' END,
    one.no,
    one.name,
    one.relationship,
    one.born_on,
    '0' || coalesce(one.abroad, '0'),
    one.disability,
    one.apart,
    one.child,
    one.adjustment_only,
    one.item
  FROM (SELECT row_no, unnest(relatives) AS one FROM record)
)
SELECT
  accepted.document_no,
  relative.role,
  relative.relative_no::INTEGER AS relative_no,
  coalesce(relative.name, '') AS name,
  coalesce(relative.relationship, '') AS relationship,
  relative.born_on,
  record_number.number_id,
  relative.residence_code,
  relative.disability,
  relative.living_apart,
  relative.under_16,
  relative.adjustment_only
FROM accepted
JOIN relative USING (row_no)
LEFT JOIN record_number ON record_number.row_no = accepted.row_no AND record_number.item = relative.item
ORDER BY accepted.document_no, relative.role, relative.relative_no
