-- As which class each named dependant is claimed: documents count classes and name people, and do not say who is which. Whose age has a
-- class with room in its count is claimed as that; where there are more of them than the count, those well inside the ages of the class
-- come first. The others fill what is left, the youngest first: specific, other, elderly. NULL: named, but counted nowhere.
WITH counted AS (
  SELECT taxpayer_no, 1 AS class_order, 'specific' AS class, dependant_specific_count AS places
  FROM relative_claim
  UNION ALL
  SELECT taxpayer_no, 2, 'other', dependant_other_count
  FROM relative_claim
  UNION ALL
  SELECT taxpayer_no, 3, 'elderly', dependant_elderly_count
  FROM relative_claim
),
aged AS (
  -- Who is too young for a dependant is claimed as the youngest of them, unless the counts say otherwise.
  SELECT taxpayer_no, relative_no, age_years, CASE WHEN age_years < p_dependant_age() THEN 'other' ELSE age_class END AS class
  FROM claimed_relative
  WHERE role = 'dependant'
),
placed AS (
  SELECT
    taxpayer_no,
    relative_no,
    age_years,
    class,
    row_number() OVER (
      PARTITION BY taxpayer_no, class
      ORDER BY
        CASE class
          WHEN 'specific' THEN least(age_years + 1 - p_specific_dependant_age(), p_specific_dependant_end_age() - age_years)
          WHEN 'elderly' THEN age_years + 1 - p_elderly_age()
          WHEN 'other' THEN
            CASE
              WHEN age_years < p_specific_dependant_age() THEN p_specific_dependant_age() - age_years
              ELSE least(age_years + 1 - p_specific_dependant_end_age(), p_elderly_age() - age_years)
            END
        END DESC,
        relative_no
    ) AS place
  FROM aged
),
own AS (
  SELECT placed.*
  FROM placed
  JOIN counted USING (taxpayer_no, class)
  WHERE place <= places
),
waiting AS (
  SELECT
    taxpayer_no,
    relative_no,
    row_number() OVER (PARTITION BY taxpayer_no ORDER BY age_years NULLS LAST, relative_no) AS place
  FROM placed
  ANTI JOIN own USING (taxpayer_no, relative_no)
),
free AS (
  SELECT
    taxpayer_no,
    class,
    row_number() OVER (PARTITION BY taxpayer_no ORDER BY class_order, seat) AS place
  FROM (
    SELECT taxpayer_no, class, class_order, unnest(range(CAST(coalesce(taken, 0) AS BIGINT), CAST(places AS BIGINT))) AS seat
    FROM counted
    LEFT JOIN (SELECT taxpayer_no, class, count(*) AS taken FROM own GROUP BY taxpayer_no, class) AS held
      USING (taxpayer_no, class)
    WHERE taxpayer_no IN (SELECT taxpayer_no FROM waiting)
  )
)
SELECT taxpayer_no, 'dependant' AS role, relative_no, class AS claimed_class
FROM own
UNION ALL
SELECT taxpayer_no, 'dependant', relative_no, free.class
FROM waiting
LEFT JOIN free USING (taxpayer_no, place)
