-- 未申告者: whom to ask for a return (申告依頼), at the address that is known now. Reads non_filer; needs a pin.
SELECT
  taxpayer_no AS "宛名番号",
  resident.name AS "氏名",
  non_filer.born_on AS "生年月日",
  age_years AS "年齢",
  resident.postcode AS "郵便番号",
  resident.address AS "住所",
  concat_ws('、',
    CASE WHEN awaited THEN '突合保留の資料の候補' END,
    CASE WHEN non_filer.public_assistance THEN '生活保護' END,
    CASE WHEN died.taxpayer_no IS NOT NULL THEN '死亡（相続人へ）' END,
    CASE WHEN resident.protected_address THEN '支援措置' END) AS "注意"
FROM non_filer
JOIN addressee_of_year AS resident USING (taxpayer_no)
LEFT JOIN (
  SELECT DISTINCT taxpayer_no FROM standing_change WHERE change_kind = 'died'
) AS died USING (taxpayer_no)
ORDER BY taxpayer_no
