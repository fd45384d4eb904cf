-- What is claimed for relatives, less those whom an officer denied. A denied dependant leaves the class as which it is claimed, and at home and
-- elderly, 同居老親等 too. A disability leaves with its person where the document says whose it is (a return). A report only counts: there
-- a 手帳 of 31 December (法314の2⑧) tells whose it is; and no more can stay disabled than relatives stay claimed, the ordinary leaving first,
-- as the greater deduction may be the one of who stays (decision 0021).
WITH held AS (
  SELECT
    taxpayer_no AS relative_taxpayer_no,
    CASE WHEN bool_or(status_kind = 'disability_special') THEN 'special' ELSE 'ordinary' END AS held_disability
  FROM standing_status
  WHERE status_kind IN ('disability_ordinary', 'disability_special')
    AND from_on < make_date($fiscal_year, 1, 1)
    AND coalesce(to_on >= make_date($fiscal_year - 1, 12, 31), true)
  GROUP BY taxpayer_no
),
relative AS (
  SELECT
    claimed_relative.* REPLACE (
      coalesce(disability, held_disability, 'none') AS disability,
      coalesce(living_apart, NOT same_household) AS living_apart
    ),
    disability IS NULL AS disability_only_counted
  FROM claimed_relative
  LEFT JOIN held USING (relative_taxpayer_no)
),
denied AS (
  SELECT
    taxpayer_no,
    bool_or(disability_only_counted) AS disability_only_counted,
    bool_or(role = 'spouse') AS spouse,
    count(*) FILTER (WHERE claimed_class = 'specific') AS specific_count,
    count(*) FILTER (WHERE claimed_class = 'elderly') AS elderly_count,
    count(*) FILTER (WHERE claimed_class = 'elderly' AND same_household) AS elderly_home_count,
    count(*) FILTER (WHERE claimed_class = 'other') AS other_count,
    count(*) FILTER (WHERE role = 'under_16') AS under_16_count,
    count(*) FILTER (WHERE role <> 'specific_relative' AND disability = 'special') AS special_count,
    count(*) FILTER (WHERE role <> 'specific_relative' AND disability = 'special' AND NOT living_apart) AS special_home_count,
    count(*) FILTER (WHERE role <> 'specific_relative' AND disability = 'ordinary') AS ordinary_count
  FROM relative
  LEFT JOIN claimed_class USING (taxpayer_no, role, relative_no)
  WHERE verdict = 'deny' AND claimed
  GROUP BY taxpayer_no
),
less AS (
  SELECT
    taxpayer_no,
    coalesce(denied.disability_only_counted, false) AS disability_only_counted,
    has_spouse AND NOT coalesce(denied.spouse, false) AS has_spouse,
    CASE WHEN coalesce(denied.spouse, false) THEN 0 ELSE spouse_total_income_yen END AS spouse_total_income_yen,
    spouse_elderly AND NOT coalesce(denied.spouse, false) AS spouse_elderly,
    CASE WHEN NOT coalesce(denied.spouse, false) THEN spouse_born_on END AS spouse_born_on,
    spouse_abroad AND NOT coalesce(denied.spouse, false) AS spouse_abroad,
    less_denied(dependant_specific_count, denied.specific_count) AS dependant_specific_count,
    less_denied(dependant_elderly_count, denied.elderly_count) AS dependant_elderly_count,
    least(
      less_denied(dependant_elderly_parent_count, denied.elderly_home_count),
      less_denied(dependant_elderly_count, denied.elderly_count)
    ) AS dependant_elderly_parent_count,
    less_denied(dependant_other_count, denied.other_count) AS dependant_other_count,
    less_denied(dependant_under_16_count, denied.under_16_count) AS dependant_under_16_count,
    less_denied(disability_special_count, denied.special_count) AS disability_special_count,
    less_denied(disability_special_living_together_count, denied.special_home_count)
      AS disability_special_living_together_count,
    less_denied(disability_other_count, denied.ordinary_count) AS disability_other_count
  FROM relative_claim
  LEFT JOIN denied USING (taxpayer_no)
),
bounded AS (
  SELECT
    *,
    CASE
      WHEN disability_only_counted
        THEN CAST(has_spouse AS INTEGER) + dependant_specific_count + dependant_elderly_count + dependant_other_count
          + dependant_under_16_count
      ELSE disability_special_count + disability_other_count
    END AS disabled_count_max
  FROM less
)
SELECT * EXCLUDE (disability_only_counted, disabled_count_max) REPLACE (
    least(disability_special_count, disabled_count_max) AS disability_special_count,
    least(disability_special_living_together_count, disability_special_count, disabled_count_max)
      AS disability_special_living_together_count,
    least(disability_other_count, disabled_count_max - least(disability_special_count, disabled_count_max))
      AS disability_other_count
  )
FROM bounded
