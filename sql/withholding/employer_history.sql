-- The versions of one employer, and what each rests on.
SELECT
  employer.employer_version AS "版",
  employer.valid_from AS "適用開始日",
  employer.name AS "名称",
  coalesce(employer.kana, '') AS "フリガナ",
  employer.address AS "所在地",
  coalesce(employer.corporate_number, CASE WHEN employer.number_id IS NOT NULL THEN '個人' ELSE '' END) AS "法人番号",
  CASE WHEN employer.instalment_exception THEN '特例' ELSE '' END AS "納期の特例",
  CASE employer.notice_delivery WHEN 'electronic' THEN '電子' WHEN 'paper' THEN '書面' WHEN 'both' THEN '電子と書面' ELSE '' END
    AS "通知の受取",
  coalesce(employer.merged_into, '') AS "合併先",
  CASE
    WHEN employer.decision_no IS NOT NULL THEN format('決定番号 {}（{} {}）', employer.decision_no, decision.officer, decision.reason)
    ELSE format('{} ファイル {} の {} 件目',
      CASE file.source WHEN 'wage_report' THEN '給与支払報告書' ELSE '総括表' END, employer.file_no, employer.record_no)
  END AS "もと"
FROM pinned_employer AS employer
LEFT JOIN pinned_decision AS decision USING (decision_no)
LEFT JOIN pinned_source_file AS file ON file.file_no = employer.file_no
WHERE employer.designated_no = $designated_no
ORDER BY employer.employer_version
