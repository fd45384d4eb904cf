-- Every employer as it is today, with the people whom it reported for the fiscal year and for the one before.
SELECT
  employer.designated_no AS "指定番号",
  employer.name AS "名称",
  employer.address AS "所在地",
  coalesce(employer.corporate_number, '') AS "法人番号",
  CASE WHEN employer.instalment_exception THEN '特例' ELSE '' END AS "納期の特例",
  CASE employer.notice_delivery WHEN 'electronic' THEN '電子' WHEN 'paper' THEN '書面' WHEN 'both' THEN '電子と書面' ELSE '' END
    AS "通知の受取",
  coalesce(employer.merged_into, '') AS "合併先",
  employer.employer_version AS "版",
  coalesce(people.this_year, 0) AS "報告人員",
  coalesce(people.year_before, 0) AS "前年度"
FROM current_employer AS employer
LEFT JOIN (
  SELECT
    payer_key,
    count(*) FILTER (WHERE fiscal_year = $fiscal_year) AS this_year,
    count(*) FILTER (WHERE fiscal_year = $fiscal_year - 1) AS year_before
  FROM reported_person
  GROUP BY payer_key
) AS people ON people.payer_key = '#' || employer.designated_no
ORDER BY employer.designated_no
