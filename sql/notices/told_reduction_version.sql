-- TEMP VIEW told_reduction_version: the versions of each decision of 減免 that notices told, one row a decision and notice; `nth` 1 is what was told last, by
-- whichever notice, and `nth_of_kind` 1 what a notice of that kind told last
-- What came back and is to be sent again told nobody anything.
CREATE OR REPLACE TEMP VIEW told_reduction_version AS
WITH told AS (
  SELECT told.*, notice.notice_kind
  FROM pinned_told_reduction AS told
  JOIN standing_notice AS notice ON notice.notice_no = told.notice_no
  WHERE notice.notice_state <> 'resent'
)
SELECT
  fiscal_year,
  taxpayer_no,
  ward_code,
  decision_ref,
  kept.reduction_yen,
  kept.instalment_reductions_yen,
  told.notice_kind,
  row_number() OVER (
    PARTITION BY fiscal_year, taxpayer_no, ward_code, decision_ref
    ORDER BY told.commit_no DESC, told.notice_no DESC
  ) AS nth,
  row_number() OVER (
    PARTITION BY fiscal_year, taxpayer_no, ward_code, decision_ref, told.notice_kind
    ORDER BY told.commit_no DESC, told.notice_no DESC
  ) AS nth_of_kind
FROM told
JOIN pinned_levy_reduction AS kept USING (fiscal_year, taxpayer_no, ward_code, decision_ref, reduction_version);
