-- 家屋敷・事務所等に係る均等割の納税通知書（地方税法294条①二、319条の2、737条①）: a row a ward in which somebody has a house or an office without
-- living there, whenever what is levied for it is not what was told; nil when it is levied no longer. A ward is a city of its own (737条①).
WITH levied AS (
  SELECT
    taxpayer_no,
    ward_code,
    house_levy_version,
    city_per_capita_yen,
    prefecture_per_capita_yen,
    annual_tax_yen AS amount_yen
  FROM pinned_house_levy
  WHERE fiscal_year = $fiscal_year
  QUALIFY row_number() OVER (PARTITION BY taxpayer_no, ward_code ORDER BY house_levy_version DESC) = 1
),
told AS (
  SELECT taxpayer_no, ward_code, amount_yen
  FROM pinned_notice
  WHERE notice_kind = 'house_notice' AND fiscal_year = $fiscal_year
  QUALIFY row_number() OVER (PARTITION BY taxpayer_no, ward_code ORDER BY version DESC) = 1
),
due AS (
  SELECT levied.*, coalesce(told.amount_yen, 0) AS earlier_yen
  FROM levied
  LEFT JOIN told USING (taxpayer_no, ward_code)
  WHERE levied.amount_yen <> coalesce(told.amount_yen, 0)
)
SELECT
  concat_ws('-', $fiscal_year, '13', due.taxpayer_no, due.ward_code, lpad(house_levy_version::VARCHAR, 2, '0')) AS notice_no,
  due.taxpayer_no AS recipient,
  due.taxpayer_no,
  addressee.name,
  addressee.addressee_kind,
  addressee.addressee_name,
  addressee.postcode,
  addressee.address,
  addressee.home_address,
  house_levy_version AS version,
  due.ward_code,
  due.city_per_capita_yen,
  due.prefecture_per_capita_yen,
  due.amount_yen,
  due.earlier_yen,
  NULL::VARCHAR AS objection
FROM due
LEFT JOIN notice_addressee AS addressee ON addressee.taxpayer_no = due.taxpayer_no
ORDER BY addressee.postcode, due.taxpayer_no, due.ward_code
