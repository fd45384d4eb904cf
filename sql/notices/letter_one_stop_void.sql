-- 申告特例が適用されないことのお知らせ（附則7条⑥⑬: その旨の通知は、申告特例の求めを行った者に対してする）: a row a void notice, by person.
-- Reads one_stop_notice_of_year.
SELECT
  concat($fiscal_year, '-45-', document_no) AS notice_no,
  coalesce(taxpayer_no, document_no::VARCHAR) AS recipient,
  coalesce(taxpayer_no, '') AS taxpayer_no,
  addressee.name,
  addressee.addressee_kind,
  addressee.addressee_name,
  addressee.postcode,
  addressee.address,
  sender_name,
  donated_yen,
  concat_ws('、',
    CASE WHEN income_tax_return_filed THEN '確定申告書を提出した' END,
    CASE WHEN resident_tax_return_filed THEN $taxes || 'の申告書を提出した' END,
    CASE WHEN municipality_count > p_one_stop_municipalities_max()
      THEN '申告特例を求めた団体が' || p_one_stop_municipalities_max() || 'を超えた（' || municipality_count || '団体）' END,
    CASE WHEN lived_elsewhere THEN '1月1日の住所が他の市区町村にある' END) AS reason,
  CASE WHEN taxpayer_no IS NULL
    THEN '1月1日に' || $city || 'に住所がない。資料番号 ' || document_no || ' を見て、通知の宛先を職員が決める' END AS objection
FROM one_stop_notice_of_year
LEFT JOIN notice_addressee AS addressee USING (taxpayer_no)
WHERE void
ORDER BY addressee.postcode, recipient, document_no
