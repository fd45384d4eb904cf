-- 申告のお願いを送る人（地方税法317条の2・317条の7）: who has not filed and is claimed by nobody, once a year. Reads non_filer. Whose document may
-- wait in the queue is left for later; of whoever died the 相続人代表者 is asked.
SELECT
  concat($fiscal_year, '-41-', taxpayer_no) AS notice_no,
  taxpayer_no AS recipient,
  taxpayer_no,
  addressee.name,
  addressee.addressee_kind,
  addressee.addressee_name,
  addressee.postcode,
  addressee.address,
  NULL::VARCHAR AS objection
FROM non_filer
LEFT JOIN notice_addressee AS addressee USING (taxpayer_no)
WHERE NOT awaited
ORDER BY addressee.postcode, taxpayer_no
