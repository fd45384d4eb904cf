-- 減免 of the pinned fiscal year: one row a decision, with what it takes off the levy now and by which letter the taxpayer was told. Names are not told.
WITH decision AS (
  FROM pinned_reduction_decision
  WHERE fiscal_year = getvariable('pinned_fiscal_year')
  QUALIFY row_number() OVER (PARTITION BY decision_ref ORDER BY known_on DESC, file_no DESC, record_no DESC) = 1
),
newest AS (
  FROM pinned_levy_reduction
  WHERE fiscal_year = getvariable('pinned_fiscal_year')
  QUALIFY row_number() OVER (PARTITION BY taxpayer_no, ward_code, decision_ref ORDER BY reduction_version DESC) = 1
),
told AS (
  SELECT told.decision_ref, told.taxpayer_no, told.notice_no, told.reduction_version
  FROM pinned_told_reduction AS told
  JOIN standing_notice AS notice ON notice.notice_no = told.notice_no
  WHERE told.fiscal_year = getvariable('pinned_fiscal_year')
    AND notice.notice_kind = 'reduction_notice' AND notice.notice_state <> 'resent'
  QUALIFY row_number() OVER (PARTITION BY told.taxpayer_no, told.decision_ref ORDER BY told.commit_no DESC, told.notice_no DESC) = 1
)
SELECT
  decision.decision_ref AS "決定番号",
  decision.taxpayer_no AS "宛名番号",
  decision.ward_code AS "行政区",
  decision.decided_on AS "決定日",
  decision.from_period AS "始める納期",
  CASE
    WHEN decision.reduced_yen > 0 THEN decision.reduced_yen || '円'
    WHEN decision.part_numerator > 0 THEN decision.part_numerator || '/' || decision.part_denominator
    ELSE '森林環境税だけ'
  END AS "減免の割合・額",
  coalesce(newest.city_reduction_yen, 0) AS "市町村民税（円）",
  coalesce(newest.prefecture_reduction_yen, 0) AS "道府県民税（円）",
  coalesce(newest.forest_exemption_yen, 0) AS "森林環境税（円）",
  coalesce(newest.reduction_yen, 0) AS "計（円）",
  coalesce(told.notice_no, '') AS "知らせた通知書",
  CASE
    WHEN decision.submission_kind = 'cancellation' THEN '取消'
    WHEN coalesce(newest.reduction_yen, 0) = 0 THEN '減らす納期がない（賦課・区・納期限・特別徴収を確かめる）'
    WHEN told.reduction_version IS DISTINCT FROM newest.reduction_version THEN '次の発送の準備で減免決定通知書が出る'
    ELSE ''
  END AS "所見"
FROM decision
LEFT JOIN newest USING (taxpayer_no, ward_code, decision_ref)
LEFT JOIN told USING (taxpayer_no, decision_ref)
ORDER BY decision.decided_on, decision.decision_ref
