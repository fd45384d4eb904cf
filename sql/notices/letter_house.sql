-- 家屋敷・事務所等に係る均等割の納税通知書（地方税法294条①二、319条の2、737条①）: a row a ward in which somebody has a house or an office without
-- living there, whenever what is levied for it is not what was told; nil when it is levied no longer. A ward is a city of its own (737条①).
WITH newest AS (
  SELECT taxpayer_no, version, house_city_per_capita_yen, house_prefecture_per_capita_yen
  FROM pinned_assessment
  WHERE fiscal_year = $fiscal_year
  QUALIFY row_number() OVER (PARTITION BY taxpayer_no ORDER BY commit_no DESC, version DESC, ward_code) = 1
),
house AS (
  SELECT DISTINCT outside.taxpayer_no, outside.ward_code
  FROM standing_outside AS outside
  LEFT JOIN person_of_year AS person USING (taxpayer_no)
  WHERE entry_kind = 'house'
    AND outside.ward_code IS DISTINCT FROM person.ward_code
    AND from_on <= make_date($fiscal_year, 1, 1)
    AND coalesce(to_on >= make_date($fiscal_year, 1, 1), true)
),
levied AS (
  SELECT
    newest.*,
    house.ward_code,
    house_city_per_capita_yen + house_prefecture_per_capita_yen AS amount_yen
  FROM newest
  JOIN house USING (taxpayer_no)
  WHERE house_city_per_capita_yen + house_prefecture_per_capita_yen > 0
),
told AS (
  SELECT taxpayer_no, split_part(notice_no, '-', 4) AS ward_code, version, amount_yen
  FROM pinned_notice
  WHERE notice_kind = 'house_notice' AND fiscal_year = $fiscal_year
  QUALIFY row_number() OVER (PARTITION BY taxpayer_no, split_part(notice_no, '-', 4) ORDER BY version DESC) = 1
),
due AS (
  SELECT
    coalesce(levied.taxpayer_no, told.taxpayer_no) AS taxpayer_no,
    coalesce(levied.ward_code, told.ward_code) AS ward_code,
    coalesce(levied.house_city_per_capita_yen, 0) AS city_per_capita_yen,
    coalesce(levied.house_prefecture_per_capita_yen, 0) AS prefecture_per_capita_yen,
    coalesce(levied.amount_yen, 0) AS amount_yen,
    coalesce(told.amount_yen, 0) AS earlier_yen
  FROM levied
  FULL JOIN told USING (taxpayer_no, ward_code)
  WHERE coalesce(levied.amount_yen, 0) <> coalesce(told.amount_yen, 0)
)
SELECT
  concat_ws('-', $fiscal_year, '13', due.taxpayer_no, due.ward_code, lpad(newest.version::VARCHAR, 2, '0')) AS notice_no,
  due.taxpayer_no AS recipient,
  due.taxpayer_no,
  addressee.name,
  addressee.postcode,
  addressee.address,
  newest.version,
  due.ward_code,
  due.city_per_capita_yen,
  due.prefecture_per_capita_yen,
  due.amount_yen,
  due.earlier_yen,
  CASE WHEN addressee.protected_address THEN '住所の保護（支援措置）の対象。送り先と渡し方を職員が決める' END AS objection
FROM due
JOIN newest ON newest.taxpayer_no = due.taxpayer_no
LEFT JOIN addressee_of_year AS addressee ON addressee.taxpayer_no = due.taxpayer_no
ORDER BY addressee.postcode, due.taxpayer_no, due.ward_code
