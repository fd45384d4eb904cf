-- taxpayer: what a neighbour knows (ward, age band, sex) is shown only as far as $threshold rows show the same. Where too
-- few do, the sex is withheld, then the age band, then the ward; who still stands among too few is left out.
WITH exact AS (
  SELECT person_key, ward_code, age_band, sex, count(*) OVER (PARTITION BY ward_code, age_band, sex) AS alike FROM person
),
no_sex AS (
  SELECT person_key, ward_code, age_band, count(*) OVER (PARTITION BY ward_code, age_band) AS alike
  FROM exact WHERE alike < $threshold
),
no_age AS (
  SELECT person_key, ward_code, count(*) OVER (PARTITION BY ward_code) AS alike FROM no_sex WHERE alike < $threshold
),
no_ward AS (
  SELECT person_key, count(*) OVER () AS alike FROM no_age WHERE alike < $threshold
),
shown AS (
  SELECT person_key, true AS ward, true AS age, true AS sex FROM exact WHERE alike >= $threshold
  UNION ALL
  SELECT person_key, true, true, false FROM no_sex WHERE alike >= $threshold
  UNION ALL
  SELECT person_key, true, false, false FROM no_age WHERE alike >= $threshold
  UNION ALL
  SELECT person_key, false, false, false FROM no_ward WHERE alike >= $threshold
)
SELECT
  person.* EXCLUDE (ward, levy) REPLACE (
    CASE WHEN shown.ward THEN person.ward_code ELSE '秘匿' END AS ward_code,
    CASE WHEN shown.ward THEN person.ward_name ELSE '秘匿' END AS ward_name,
    CASE WHEN shown.age THEN person.age_band ELSE '秘匿' END AS age_band,
    CASE WHEN shown.sex THEN person.sex ELSE '秘匿' END AS sex
  )
FROM person
JOIN shown USING (person_key)
ORDER BY person.person_key
