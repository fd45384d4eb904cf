-- 対象となる本人: whom the newest line of the recipient's list counts on the day (of the roles that the contract names).
SELECT taxpayer_no
FROM (
  SELECT taxpayer_no, role, joined_on, left_on
  FROM pinned_membership
  WHERE recipient = $membership
  QUALIFY row_number() OVER (PARTITION BY taxpayer_no ORDER BY known_on DESC, file_no DESC) = 1
) AS newest
WHERE joined_on <= $as_of
  AND (left_on IS NULL OR left_on > $as_of)
  AND (len($roles) = 0 OR list_contains($roles, role))
