-- 減免決定通知書を出す減免（地方税法45条・323条、森林環境税及び森林環境譲与税に関する法律11条）: a row a taxpayer of whom a decision takes off something
-- else than a 減免決定通知書 told. A tax notice that is due goes first: it tells the reduced instalments, and this the decisions.
WITH newest AS (
  FROM pinned_levy_reduction
  WHERE fiscal_year = $fiscal_year
  QUALIFY row_number() OVER (PARTITION BY taxpayer_no, ward_code, decision_ref ORDER BY reduction_version DESC) = 1
),
told AS (
  FROM told_reduction_version
  WHERE fiscal_year = $fiscal_year AND notice_kind = 'reduction_notice' AND nth_of_kind = 1
),
changed AS (
  SELECT DISTINCT newest.taxpayer_no
  FROM newest
  LEFT JOIN told USING (taxpayer_no, ward_code, decision_ref)
  WHERE newest.reduction_yen <> coalesce(told.reduction_yen, 0)
    OR newest.instalment_reductions_yen <> coalesce(told.instalment_reductions_yen, newest.instalment_reductions_yen)
)
SELECT
  payable.taxpayer_no,
  levy.city_tax_yen,
  levy.prefecture_tax_yen,
  levy.forest_environment_tax_yen,
  levy.annual_tax_yen,
  coalesce(reduction.city_reduction_yen, 0) AS city_reduction_yen,
  coalesce(reduction.prefecture_reduction_yen, 0) AS prefecture_reduction_yen,
  coalesce(reduction.forest_exemption_yen, 0) AS forest_exemption_yen,
  coalesce(reduction.reduction_yen, 0) AS reduction_yen,
  list_resize(levy.ordinary_instalments_yen, getvariable('instalment_count'), 0) AS ordinary_instalments_yen,
  payable.payable_instalments_yen
FROM changed
JOIN payable_levy AS payable USING (taxpayer_no)
JOIN pinned_assessment AS levy
  ON levy.fiscal_year = $fiscal_year
  AND levy.taxpayer_no = payable.taxpayer_no
  AND levy.ward_code = payable.ward_code
  AND levy.version = payable.version
LEFT JOIN standing_reduction AS reduction
  ON reduction.fiscal_year = $fiscal_year AND reduction.taxpayer_no = payable.taxpayer_no AND reduction.ward_code = payable.ward_code
WHERE payable.newest_is_told
ORDER BY payable.taxpayer_no
