-- 口座振替の口座: the accounts of these taxpayers out of which the resident tax is debited, the one that began last first
SELECT taxpayer_no, file_no, record_no, from_on, to_on, bank_name, branch_name, deposit_kind, masked_account
FROM standing_account
WHERE list_contains($taxpayer_nos, taxpayer_no)
ORDER BY taxpayer_no, from_on DESC
