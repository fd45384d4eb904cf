-- 納付書: 使える納付書の期別の合計 = 最後に通知した期別税額
WITH told AS (
  SELECT fiscal_year, taxpayer_no, ward_code, version
  FROM ledger.notice
  WHERE notice_kind IN ('first_notice', 'change_notice')
  QUALIFY row_number() OVER (PARTITION BY fiscal_year, taxpayer_no ORDER BY commit_no DESC, notice_no DESC) = 1
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
  SELECT coalesce(slip_yen, 0) AS slip_yen, coalesce(list_sum(ordinary_instalments_yen), 0) AS instalment_yen
  FROM slip
  JOIN told USING (fiscal_year, taxpayer_no)
  JOIN ledger.assessment USING (fiscal_year, taxpayer_no, ward_code, version)
)
SELECT count(*) FILTER (WHERE slip_yen <> instalment_yen) = 0 AS ok, count(*) AS "納税者",
       coalesce(sum(instalment_yen), 0)::BIGINT AS "期別円", coalesce(sum(slip_yen), 0)::BIGINT AS "納付書円"
FROM held
