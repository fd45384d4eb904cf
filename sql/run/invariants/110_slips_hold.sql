-- 納付書: 使える納付書の期別の合計 = 最後に通知した期別税額 − 知らせた減免額 − 口座振替の分
-- What came back and is sent again is not taken out here: until then its slips hold, in the ledger's own words.
WITH told AS (
  SELECT fiscal_year, taxpayer_no, ward_code, version
  FROM ledger.notice
  WHERE notice_kind IN ('first_notice', 'change_notice')
  QUALIFY row_number() OVER (PARTITION BY fiscal_year, taxpayer_no ORDER BY commit_no DESC, notice_no DESC) = 1
),
reduced AS (
  SELECT fiscal_year, taxpayer_no, ward_code, unnest(range(1, len(instalment_reductions_yen) + 1)) AS period,
    unnest(instalment_reductions_yen) AS reduced_yen
  FROM (
    SELECT fiscal_year, taxpayer_no, ward_code, kept.instalment_reductions_yen
    FROM ledger.told_reduction AS told
    JOIN ledger.levy_reduction AS kept USING (fiscal_year, taxpayer_no, ward_code, decision_ref, reduction_version)
    QUALIFY row_number() OVER (
      PARTITION BY fiscal_year, taxpayer_no, ward_code, decision_ref ORDER BY told.commit_no DESC, told.notice_no DESC) = 1
  )
),
debited AS (
  SELECT fiscal_year, taxpayer_no, period
  FROM ledger.told_payment_way
  QUALIFY row_number() OVER (PARTITION BY fiscal_year, taxpayer_no, period ORDER BY commit_no DESC, notice_no DESC) = 1
    AND account_file_no IS NOT NULL
),
instalment AS (
  SELECT fiscal_year, taxpayer_no, ward_code, unnest(range(1, len(ordinary_instalments_yen) + 1)) AS period,
    unnest(ordinary_instalments_yen) AS instalment_yen
  FROM told
  JOIN ledger.assessment USING (fiscal_year, taxpayer_no, ward_code, version)
),
asked AS (
  SELECT instalment.fiscal_year, instalment.taxpayer_no, sum(instalment_yen - coalesce(by_period.reduced_yen, 0)) AS asked_yen
  FROM instalment
  LEFT JOIN (SELECT fiscal_year, taxpayer_no, ward_code, period, sum(reduced_yen) AS reduced_yen FROM reduced GROUP BY ALL) AS by_period
    USING (fiscal_year, taxpayer_no, ward_code, period)
  ANTI JOIN debited
    ON debited.fiscal_year = instalment.fiscal_year AND debited.taxpayer_no = instalment.taxpayer_no AND debited.period = instalment.period
  GROUP BY instalment.fiscal_year, instalment.taxpayer_no
),
-- Only of who got slips: what was told before slips were registered has none.
slip AS (
  SELECT fiscal_year, taxpayer_no, sum(slip_yen) FILTER (WHERE period > 0 AND void.slip_no IS NULL) AS slip_yen
  FROM ledger.payment_slip
  LEFT JOIN ledger.payment_slip_void AS void USING (slip_no)
  GROUP BY ALL
  HAVING min(reissue_no) = 0
),
held AS (
  SELECT coalesce(slip_yen, 0) AS slip_yen, coalesce(asked_yen, 0) AS instalment_yen
  FROM slip
  JOIN told USING (fiscal_year, taxpayer_no)
  LEFT JOIN asked USING (fiscal_year, taxpayer_no)
)
SELECT count(*) FILTER (WHERE slip_yen <> instalment_yen) = 0 AS ok, count(*) AS "納税者",
       coalesce(sum(instalment_yen), 0)::BIGINT AS "期別円", coalesce(sum(slip_yen), 0)::BIGINT AS "納付書円"
FROM held
