-- 対象となる本人: whom the newest list of the national health insurance that names them counts as a member on the day.
SELECT taxpayer_no
FROM (
  SELECT taxpayer_no, joined_on, left_on
  FROM pinned_membership
  WHERE recipient = 'national_health_insurance'
  QUALIFY row_number() OVER (PARTITION BY taxpayer_no ORDER BY known_on DESC, file_no DESC) = 1
) AS newest
WHERE joined_on <= $as_of AND (left_on IS NULL OR left_on > $as_of)
