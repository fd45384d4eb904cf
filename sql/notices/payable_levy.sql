-- TEMP VIEW payable_levy: what each taxpayer of the pinned year has to pay by instalment after 減免, and what the taxpayer was last told to, one row a taxpayer
-- `newest_is_told`: no tax notice is due. Takes the number of instalments as the variable instalment_count.
CREATE OR REPLACE TEMP VIEW payable_levy AS
WITH told_reduction_sum AS (
  SELECT
    taxpayer_no,
    ward_code,
    list_reduce(
      list(instalment_reductions_yen ORDER BY decision_ref),
      lambda one, other: list_transform(one, lambda yen, place: yen + other[place])
    ) AS told_reductions_yen
  FROM told_reduction_version
  WHERE fiscal_year = getvariable('pinned_fiscal_year') AND nth = 1
  GROUP BY taxpayer_no, ward_code
)
SELECT
  levy.taxpayer_no,
  levy.ward_code,
  levy.version,
  coalesce((levy.told_ward_code, levy.told_version) = (levy.ward_code, levy.version), false) AS newest_is_told,
  list_transform(
    list_resize(levy.ordinary_instalments_yen, getvariable('instalment_count'), 0),
    lambda yen, place: yen - coalesce(reduction.instalment_reductions_yen[place], 0)
  ) AS payable_instalments_yen,
  list_transform(
    list_resize(coalesce(earlier.ordinary_instalments_yen, []), getvariable('instalment_count'), 0),
    lambda yen, place: yen - coalesce(told.told_reductions_yen[place], 0)
  ) AS earlier_payable_yen
FROM told_levy AS levy
LEFT JOIN standing_reduction AS reduction USING (fiscal_year, taxpayer_no, ward_code)
LEFT JOIN pinned_assessment AS earlier
  ON earlier.fiscal_year = levy.fiscal_year
  AND earlier.taxpayer_no = levy.taxpayer_no
  AND earlier.ward_code = levy.told_ward_code
  AND earlier.version = levy.told_version
LEFT JOIN told_reduction_sum AS told ON told.taxpayer_no = levy.taxpayer_no AND told.ward_code = levy.told_ward_code;
