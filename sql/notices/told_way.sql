-- TEMP VIEW told_way: how each instalment is paid as the taxpayer was last told: out of an account, or by slip again (account_file_no NULL); one row a period
-- What came back and is to be sent again told nobody anything.
CREATE OR REPLACE TEMP VIEW told_way AS
SELECT told.fiscal_year, told.taxpayer_no, told.period, told.account_file_no, told.account_record_no
FROM pinned_told_payment_way AS told
JOIN standing_notice AS notice USING (notice_no)
WHERE notice.notice_state <> 'resent'
QUALIFY row_number() OVER (
  PARTITION BY told.fiscal_year, told.taxpayer_no, told.period
  ORDER BY told.commit_no DESC, told.notice_no DESC
) = 1;
