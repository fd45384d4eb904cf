-- 納付方法の変わり得る人: who has an account out of which the resident tax is debited, or was told of one
SELECT taxpayer_no FROM standing_account
UNION
SELECT taxpayer_no FROM told_way WHERE fiscal_year = $fiscal_year AND account_file_no IS NOT NULL
ORDER BY taxpayer_no
