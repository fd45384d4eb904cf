-- 情報照会 of the pinned fiscal year, one row an inquiry: who asked about whom and why, whether it left, and the newest answer of the provider since.
WITH decided AS (
  SELECT
    decision_no, split_part(subject, ':', 2) AS taxpayer_no, verdict, detail AS provider_code, officer, reason, decided_on,
    max(CASE WHEN verdict = 'withdraw' THEN decision_no END) OVER (PARTITION BY subject) AS withdrawn_up_to
  FROM pinned_decision
  WHERE decision_kind = 'inquiry' AND split_part(subject, ':', 1) = CAST(getvariable('pinned_fiscal_year') AS VARCHAR)
),
answer AS (
  FROM pinned_network_answer
  WHERE fiscal_year = getvariable('pinned_fiscal_year')
  QUALIFY row_number() OVER (
    PARTITION BY taxpayer_no, sender_municipality ORDER BY known_on DESC, file_no DESC, record_no DESC
  ) = 1
)
SELECT
  decided.decision_no AS "決定番号",
  decided.taxpayer_no AS "宛名番号",
  decided.provider_code AS "照会先",
  decided.officer AS "照会した職員",
  decided.reason AS "理由",
  decided.decided_on AS "照会日",
  CASE
    WHEN answer.taxpayer_no IS NOT NULL THEN CASE answer.answer_kind
      WHEN 'found' THEN '回答あり' WHEN 'not_found' THEN '該当なし' ELSE '回答できない' END
    WHEN sent.decision_no IS NOT NULL THEN '回答待ち'
    WHEN decided.decision_no <= decided.withdrawn_up_to THEN '取下げ'
    WHEN number.taxpayer_no IS NULL THEN '統合宛名番号がなく出せない'
    ELSE '発送前'
  END AS "状態",
  answer.total_income_yen AS "合計所得金額（円）",
  answer.city_income_levy_before_reduction_yen AS "所得割額・定額減税前（円）",
  answer.city_per_capita_yen AS "均等割額（円）"
FROM decided
LEFT JOIN pinned_network_inquiry AS sent USING (decision_no)
LEFT JOIN unified_number_of_person AS number ON number.taxpayer_no = decided.taxpayer_no
LEFT JOIN answer
  ON answer.taxpayer_no = decided.taxpayer_no
  AND answer.sender_municipality = decided.provider_code
  AND answer.known_on >= sent.known_on
WHERE decided.verdict = 'ask'
ORDER BY decided.decision_no
