-- Who each named relative is in the register of 1 January, by exact rules only, or why nobody is found:
--   number_and_attributes  the number's one bearer; where a birth date is written, it agrees, else name or kana does. Where somebody else
--                          has the birth date and the name or kana, the bearer must be the one of them who lives with the taxpayer.
--   household              no number written; name or kana and birth date agree with exactly one who lives with the taxpayer
--   household_name         no number and no birth date written; name and kana both agree with exactly one who lives with the taxpayer
-- A number that the register does not know links nobody: `elsewhere`, unless somebody at home fits all the same (`number_differs`), or its
-- bearer was here before (`died`, `left_register`).
WITH namesake AS (
  SELECT document_no, role, relative_no, bool_or(home.taxpayer_no IS NOT NULL) AS at_home
  FROM relative_namesake AS other
  JOIN linked_relative AS relative USING (document_no, role, relative_no)
  JOIN resident_of_year AS taxpayer ON taxpayer.taxpayer_no = relative.named_by
  LEFT JOIN resident_of_year AS home
    ON home.taxpayer_no = other.other_no
    AND (home.household_no = taxpayer.household_no OR home.address = taxpayer.address)
  GROUP BY document_no, role, relative_no
),
bearer AS (
  SELECT
    document_no,
    role,
    relative_no,
    count(*) AS bearers,
    min(taxpayer_no) AS taxpayer_no,
    bool_or(is_taxpayer) AS is_taxpayer,
    bool_and(at_home) AS at_home,
    bool_and(CASE WHEN born_known THEN born_is ELSE name_is OR kana_is END) AS agrees
  FROM relative_pair
  WHERE bears_number
  GROUP BY document_no, role, relative_no
),
home AS (
  SELECT
    document_no,
    role,
    relative_no,
    count(*) AS fitting,
    min(taxpayer_no) AS taxpayer_no,
    bool_and(born_known) AS born_known
  FROM relative_pair
  WHERE NOT bears_number AND CASE WHEN born_known THEN born_is AND (name_is OR kana_is) ELSE name_is AND kana_is END
  GROUP BY document_no, role, relative_no
),
gone AS (
  -- Who bears a number that no resident of 1 January bears; several, who says nothing of one of them.
  SELECT number_id, CASE WHEN count(DISTINCT taxpayer_no) = 1 THEN min(absence) END AS absence
  FROM former_state
  LEFT JOIN absence_of_year USING (taxpayer_no)
  ANTI JOIN resident_of_year USING (number_id)
  WHERE number_id IS NOT NULL
  GROUP BY number_id
),
judged AS (
  SELECT
    document_no,
    role,
    relative_no,
    coalesce(bearer.taxpayer_no, home.taxpayer_no) AS fitting_no,
    CASE
      WHEN bearer.bearers IS NOT NULL THEN 'number_and_attributes'
      WHEN home.born_known THEN 'household'
      ELSE 'household_name'
    END AS rule,
    CASE
      WHEN bearer.bearers > 1 THEN 'several_candidates'
      WHEN bearer.is_taxpayer OR NOT bearer.agrees THEN 'attributes_differ'
      WHEN namesake.at_home OR (namesake.document_no IS NOT NULL AND NOT bearer.at_home) THEN 'several_candidates'
      WHEN bearer.bearers = 1 THEN NULL
      WHEN relative.number_id IS NOT NULL AND home.fitting >= 1 THEN 'number_differs'
      WHEN home.fitting > 1 THEN 'several_candidates'
      WHEN home.fitting = 1 THEN NULL
      WHEN relative.abroad THEN 'abroad'
      WHEN gone.absence = 'died' THEN 'died'
      WHEN gone.absence IN ('moved_out', 'moved_in_later', 'taxed_elsewhere') THEN 'elsewhere'
      WHEN gone.number_id IS NOT NULL THEN 'left_register'
      WHEN relative.number_id IS NOT NULL OR relative.living_apart THEN 'elsewhere'
      ELSE 'no_candidate'
    END AS reason
  FROM linked_relative AS relative
  LEFT JOIN bearer USING (document_no, role, relative_no)
  LEFT JOIN home USING (document_no, role, relative_no)
  LEFT JOIN namesake USING (document_no, role, relative_no)
  LEFT JOIN gone ON gone.number_id = relative.number_id
)
SELECT
  document_no,
  role,
  relative_no,
  CASE WHEN reason IS NULL THEN fitting_no END AS taxpayer_no,
  CASE WHEN reason IS NULL THEN rule END AS rule,
  reason
FROM judged
