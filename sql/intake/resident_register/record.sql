-- Resident register (interim layout): every landed record with its date of birth; a date that isn't YYYY-MM-DD is NULL.
SELECT
  landed.* EXCLUDE (born_on),
  landed.born_on AS born_text,
  CASE WHEN regexp_full_match(landed.born_on, '[0-9]{4}-[0-9]{2}-[0-9]{2}')
    THEN TRY_CAST(landed.born_on AS DATE) END AS born_on,
  sha256(concat_ws('|', household_no, relationship, hex(individual_number), name, kana, landed.born_on, sex, postcode,
    address, ward_code, public_assistance, protected_address)) AS spelling,
  0::BIGINT AS amount_yen
FROM landed
