-- 未申告者: whom to ask for a return (申告依頼), at the address known now. Reads non_filer.
SELECT
  taxpayer_no AS "宛名番号",
  addressee.name AS "氏名",
  non_filer.born_on AS "生年月日",
  age_years AS "年齢",
  addressee.postcode AS "郵便番号",
  addressee.address AS "住所",
  concat_ws('、',
    CASE WHEN awaited THEN '突合保留の資料の候補' END,
    CASE WHEN taxpayer_no IN (SELECT taxpayer_no FROM standing_change WHERE change_kind = 'died') THEN '死亡（相続人へ）' END,
    CASE WHEN non_filer.public_assistance THEN '生活保護' END,
    CASE WHEN addressee.protected_address THEN '支援措置' END) AS "注意"
FROM non_filer
LEFT JOIN addressee_of_year AS addressee USING (taxpayer_no)
ORDER BY taxpayer_no
