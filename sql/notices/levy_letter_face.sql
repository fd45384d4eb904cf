-- 納税義務者ごとの、通知済みの賦課と送り先: of these taxpayers, whose newest assessment a tax notice told, what they were told to pay and where their letters
-- go, with the number of the next letter of a kind; one row a taxpayer
WITH sent AS (
  SELECT taxpayer_no, count(*) AS notice_count
  FROM pinned_notice
  WHERE fiscal_year = $fiscal_year AND notice_kind = $notice_kind
  GROUP BY taxpayer_no
)
SELECT
  concat($fiscal_year, '-', $code, '-', payable.taxpayer_no, '-', lpad(CAST(coalesce(sent.notice_count, 0) + 1 AS VARCHAR), 2, '0'))
    AS notice_no,
  $notice_kind AS notice_kind,
  $fiscal_year::INTEGER AS fiscal_year,
  payable.taxpayer_no,
  payable.ward_code,
  payable.version,
  addressee.name,
  addressee.home_address,
  addressee.addressee_kind,
  addressee.addressee_name,
  addressee.postcode,
  addressee.address,
  payable.earlier_payable_yen AS payable_instalments_yen,
  payable.earlier_payable_yen
FROM payable_levy AS payable
LEFT JOIN sent USING (taxpayer_no)
LEFT JOIN notice_addressee AS addressee USING (taxpayer_no)
WHERE payable.newest_is_told AND list_contains($taxpayer_nos, payable.taxpayer_no)
ORDER BY addressee.postcode, payable.taxpayer_no
