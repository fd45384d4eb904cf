-- 知らせた納付方法: how these taxpayers were last told that each instalment is paid
SELECT taxpayer_no, period, account_file_no, account_record_no
FROM told_way
WHERE fiscal_year = $fiscal_year AND list_contains($taxpayer_nos, taxpayer_no)
ORDER BY taxpayer_no, period
