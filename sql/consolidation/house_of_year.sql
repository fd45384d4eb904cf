-- Houses and offices that somebody keeps here on 1 January without living in that ward (法294①二, 737①): how many wards, the first of them, and who
-- the owner is. A ward is a city of its own, so that several houses in one ward count once.
SELECT
  taxpayer_no,
  CAST(count(DISTINCT house.ward_code) AS INTEGER) AS house_count,
  min(house.ward_code) AS ward_code,
  arg_max(house.born_on, house.from_on) AS born_on,
  arg_max(house.sex, house.from_on) AS sex
FROM standing_outside AS house
LEFT JOIN resident_of_year AS resident USING (taxpayer_no)
WHERE entry_kind = 'house'
  AND house.ward_code IS DISTINCT FROM resident.ward_code
  AND from_on <= make_date($fiscal_year, 1, 1)
  AND coalesce(to_on >= make_date($fiscal_year, 1, 1), true)
GROUP BY taxpayer_no
