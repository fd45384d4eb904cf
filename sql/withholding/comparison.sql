-- 総括表 against the reports received, by payer: only where they differ, or where one of the two is missing. A correction (訂正)
-- states everything anew; later additional ones add up, cancellations are taken off.
WITH summary AS (
  SELECT
    payer.payer_key,
    statement.*,
    row_number() OVER (PARTITION BY payer.payer_key ORDER BY received_on, file_no, record_no) AS place
  FROM payer_summary AS statement
  JOIN payer USING (spelled)
  WHERE statement.fiscal_year = $fiscal_year
),
anew AS (
  SELECT payer_key, max(place) AS place
  FROM summary
  WHERE submission_kind = 'correction'
  GROUP BY payer_key
),
signed AS (
  SELECT summary.*, CASE submission_kind WHEN 'cancellation' THEN -1 ELSE 1 END AS sign
  FROM summary
  LEFT JOIN anew USING (payer_key)
  WHERE anew.place IS NULL OR summary.place >= anew.place
),
declared AS (
  SELECT
    payer_key,
    sum(sign * report_count)::BIGINT AS person_count,
    sum(sign * withholding_count)::BIGINT AS withholding_count,
    sum(sign * ordinary_leaver_count)::BIGINT AS leaver_count,
    sum(sign * ordinary_other_count)::BIGINT AS other_count,
    CASE WHEN count(paid_yen) = count(*) THEN sum(sign * paid_yen)::BIGINT END AS paid_yen
  FROM signed
  GROUP BY payer_key
),
received AS (
  SELECT
    payer_key,
    count(*) AS person_count,
    count(*) FILTER (WHERE NOT ordinary_collection) AS withholding_count,
    count(*) FILTER (WHERE ordinary_collection AND coalesce(ordinary_reason, '') = 'F') AS leaver_count,
    count(*) FILTER (WHERE ordinary_collection AND coalesce(ordinary_reason, '') <> 'F') AS other_count,
    sum(paid_yen)::BIGINT AS paid_yen
  FROM reported_person
  WHERE fiscal_year = $fiscal_year
  GROUP BY payer_key
),
compared AS (
  SELECT
    coalesce(declared.payer_key, received.payer_key) AS payer_key,
    declared,
    received,
    CASE
      WHEN declared.payer_key IS NULL THEN '総括表がない'
      WHEN received.payer_key IS NULL THEN '報告書がない'
      WHEN declared.person_count <> received.person_count THEN '人員が違う'
      WHEN (declared.withholding_count, declared.leaver_count, declared.other_count)
        <> (received.withholding_count, received.leaver_count, received.other_count) THEN '人員の内訳が違う'
      WHEN declared.paid_yen <> received.paid_yen THEN '支払金額が違う'
    END AS difference
  FROM declared
  FULL JOIN received ON received.payer_key = declared.payer_key
  WHERE EXISTS (FROM summary)
)
SELECT
  coalesce(face.employer_no, '') AS "指定番号",
  face.name AS "名称",
  difference AS "違い",
  coalesce(declared.person_count, 0) AS "総括表 人員",
  coalesce(received.person_count, 0) AS "報告書 人員",
  coalesce(declared.withholding_count, 0) AS "総括表 特別徴収",
  coalesce(received.withholding_count, 0) AS "報告書 特別徴収",
  coalesce(declared.leaver_count, 0) AS "総括表 普通徴収(退職者)",
  coalesce(received.leaver_count, 0) AS "報告書 普通徴収(退職者)",
  coalesce(declared.other_count, 0) AS "総括表 普通徴収(その他)",
  coalesce(received.other_count, 0) AS "報告書 普通徴収(その他)",
  declared.paid_yen AS "総括表 支払金額",
  coalesce(received.paid_yen, 0) AS "報告書 支払金額"
FROM compared
JOIN payer_face AS face USING (payer_key)
WHERE difference IS NOT NULL
ORDER BY difference, face.payer_key
