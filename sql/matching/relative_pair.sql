-- Named relatives and the residents who bear their number, or live with the taxpayer (same household, or same address as written), and
-- what agrees: name or kana in any spelling (`name_is`, `kana_is`: where it matters), the birth date. `at_home`: lives with the taxpayer.
-- Nobody is their own relative; who bears the taxpayer's number is kept, as a contradiction.
WITH home AS (
  SELECT taxpayer_no AS named_by, household_no, address
  FROM resident_of_year
  WHERE taxpayer_no IN (SELECT named_by FROM linked_relative)
),
at_home AS (
  SELECT named_by, resident.taxpayer_no
  FROM home
  JOIN resident_of_year AS resident USING (household_no)
  UNION
  SELECT named_by, resident.taxpayer_no
  FROM home
  JOIN resident_of_year AS resident USING (address)
),
bearer AS (
  SELECT relative.*, resident.taxpayer_no, true AS bears_number
  FROM linked_relative AS relative
  JOIN resident_of_year AS resident USING (number_id)
),
pair AS (
  SELECT * FROM bearer
  UNION ALL
  SELECT relative.*, at_home.taxpayer_no, false
  FROM linked_relative AS relative
  ANTI JOIN bearer USING (document_no, role, relative_no)
  JOIN at_home USING (named_by)
  WHERE at_home.taxpayer_no <> named_by
)
SELECT
  pair.document_no,
  pair.role,
  pair.relative_no,
  pair.taxpayer_no,
  pair.bears_number,
  pair.taxpayer_no = pair.named_by AS is_taxpayer,
  at_home.taxpayer_no IS NOT NULL AS at_home,
  CASE
    WHEN translate(pair.name, ' 　', '') = translate(resident.name, ' 　', '') THEN true
    ELSE coalesce(name_form(pair.name) = name_form(resident.name), false)
  END AS name_is,
  CASE
    -- Beside a number the name is enough, and the folding would cost more than all the rest.
    WHEN pair.bears_number AND translate(pair.name, ' 　', '') = translate(resident.name, ' 　', '') THEN true
    WHEN width_fold(pair.kana) = width_fold(resident.kana) THEN true
    ELSE coalesce(kana_form(pair.kana) = kana_form(resident.kana), false)
  END AS kana_is,
  pair.born_on IS NOT NULL AS born_known,
  coalesce(pair.born_on = resident.born_on, false) AS born_is
FROM pair
JOIN resident_of_year AS resident ON resident.taxpayer_no = pair.taxpayer_no
LEFT JOIN at_home ON at_home.named_by = pair.named_by AND at_home.taxpayer_no = pair.taxpayer_no
