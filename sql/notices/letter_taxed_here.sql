-- 294条3項の通知: who is taxed here without being registered here, to the municipality of the registration, once the tax is decided.
-- 住登外課税通知 and みなし課税の通知 are this one document.
SELECT
  concat($fiscal_year, '-43-', taxpayer_no) AS notice_no,
  coalesce(outside.registered_municipality, '') AS recipient,
  taxpayer_no,
  outside.name,
  receiver.municipality_name AS receiver_name,
  receiver.office_name AS receiver_office,
  receiver.postcode,
  receiver.address,
  outside.born_on,
  CASE WHEN addressee.protected_address THEN '' ELSE outside.address END AS here,
  outside.from_on AS since,
  CASE WHEN outside.registered_municipality IS NULL
    THEN '住民登録のある市区町村が分からない。本人か住基ネットで確かめる' END AS objection
FROM (
  FROM standing_outside
  WHERE entry_kind = 'taxed_here'
    AND from_on <= make_date($fiscal_year, 1, 1)
    AND coalesce(to_on >= make_date($fiscal_year, 1, 1), true)
  QUALIFY row_number() OVER (PARTITION BY taxpayer_no ORDER BY from_on DESC, known_on DESC, file_no DESC, record_no DESC) = 1
) AS outside
SEMI JOIN (SELECT taxpayer_no FROM pinned_assessment WHERE fiscal_year = $fiscal_year) AS assessed USING (taxpayer_no)
SEMI JOIN (SELECT taxpayer_no FROM person_of_year WHERE outside) AS counted USING (taxpayer_no)
LEFT JOIN addressee_of_year AS addressee USING (taxpayer_no)
LEFT JOIN municipality_of_day AS receiver ON receiver.municipality_code = outside.registered_municipality
ORDER BY recipient, taxpayer_no
