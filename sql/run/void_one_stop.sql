-- 申告特例通知書 that are void (附則7条⑥⑬), with every reason. Reads one_stop_notice_of_year.
SELECT
  document_no AS "資料番号",
  coalesce(taxpayer_no, '') AS "宛名番号",
  sender_municipality AS "通知元コード",
  sender_name AS "通知元",
  reference_no AS "整理番号",
  donated_yen AS "寄附金の額（円）",
  concat_ws('、',
    CASE WHEN income_tax_return_filed THEN '確定申告書が提出された' END,
    CASE WHEN resident_tax_return_filed THEN '市民税・県民税申告書が提出された' END,
    CASE WHEN municipality_count > p_one_stop_municipalities_max()
      THEN p_one_stop_municipalities_max() || '団体を超えて申告特例を求めた（' || municipality_count || '団体）' END,
    CASE WHEN lived_elsewhere THEN '1月1日の住所が他の市区町村にある' END) AS "理由"
FROM one_stop_notice_of_year
WHERE void
ORDER BY taxpayer_no, document_no
