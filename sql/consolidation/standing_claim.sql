-- What is claimed for relatives, less those whom an officer denied. A denied dependant leaves the class as which it is claimed, and at home and
-- elderly, 同居老親等 too; a disability leaves with its person where the document says whose it is (a return; a report does not).
WITH denied AS (
  SELECT
    taxpayer_no,
    bool_or(role = 'spouse') AS spouse,
    count(*) FILTER (WHERE claimed_class = 'specific') AS specific_count,
    count(*) FILTER (WHERE claimed_class = 'elderly') AS elderly_count,
    count(*) FILTER (WHERE claimed_class = 'elderly' AND same_household) AS elderly_home_count,
    count(*) FILTER (WHERE claimed_class = 'other') AS other_count,
    count(*) FILTER (WHERE role = 'under_16') AS under_16_count,
    count(*) FILTER (WHERE role <> 'specific_relative' AND disability = 'special') AS special_count,
    count(*) FILTER (WHERE role <> 'specific_relative' AND disability = 'special' AND NOT living_apart) AS special_home_count,
    count(*) FILTER (WHERE role <> 'specific_relative' AND disability = 'ordinary') AS ordinary_count
  FROM claimed_relative
  LEFT JOIN claimed_class USING (taxpayer_no, role, relative_no)
  WHERE verdict = 'deny' AND claimed
  GROUP BY taxpayer_no
)
SELECT
  taxpayer_no,
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
