-- Lists of recipients (interim layout): every landed record with its dates; what isn't YYYY-MM-DD is NULL.
SELECT
  landed.* EXCLUDE (joined_on, left_on),
  landed.joined_on AS joined_text,
  landed.left_on AS left_text,
  CASE WHEN regexp_full_match(landed.joined_on, '[0-9]{4}-[0-9]{2}-[0-9]{2}')
    THEN TRY_CAST(landed.joined_on AS DATE) END AS joined_on,
  CASE WHEN regexp_full_match(landed.left_on, '[0-9]{4}-[0-9]{2}-[0-9]{2}')
    THEN TRY_CAST(landed.left_on AS DATE) END AS left_on,
  sha256(concat_ws('|', coalesce(household_no, '-'), role, landed.joined_on, coalesce(landed.left_on, '-'))) AS spelling,
  0::BIGINT AS amount_yen
FROM landed
