-- 給与所得者異動届出書 of the fiscal year: who changed, and how the person's tax is collected as the newest base has it.
WITH newest_link AS (
  SELECT document_no, taxpayer_no FROM ledger.document_link
  QUALIFY row_number() OVER (PARTITION BY document_no ORDER BY link_version DESC) = 1
),
newest_base AS (
  SELECT taxpayer_no, collection_method, document_nos FROM ledger.tax_base
  WHERE fiscal_year = $1
  QUALIFY row_number() OVER (PARTITION BY taxpayer_no ORDER BY tax_base_version DESC) = 1
)
SELECT
  document.document_no AS "資料番号",
  coalesce(newest_link.taxpayer_no, '') AS "宛名番号",
  coalesce(notice.payer_designated_no, '') AS "指定番号",
  notice.payer_name AS "給与支払者",
  notice.changed_on AS "異動日",
  CASE notice.change_reason
    WHEN 'left' THEN '退職' WHEN 'transferred' THEN '転勤' WHEN 'on_leave' THEN '休職・長期欠勤' WHEN 'died' THEN '死亡'
    WHEN 'paid_little' THEN '支払少額・不定期' WHEN 'merged' THEN '合併・解散' ELSE 'その他'
  END AS "事由",
  CASE newest_base.collection_method WHEN 'employment' THEN '給与からの特別徴収' WHEN 'ordinary' THEN '普通徴収' ELSE '' END AS "徴収方法",
  CASE
    WHEN newest_link.taxpayer_no IS NULL THEN '名寄せ待ち（juminzei queue list）'
    WHEN newest_base.taxpayer_no IS NULL THEN '課税基礎なし'
    WHEN NOT list_contains(newest_base.document_nos, document.document_no) THEN '徴収方法に反映なし（取消・後の届出・対象外の日・報告書なし）'
    WHEN notice.collection_after = 'continued' THEN '転勤先 ' || coalesce(notice.new_payer_designated_no, notice.new_payer_name, '不明') || '（要確認）'
    ELSE ''
  END AS "所見"
FROM ledger.employee_change AS notice
JOIN ledger.document AS document USING (document_no)
LEFT JOIN newest_link USING (document_no)
LEFT JOIN newest_base ON newest_base.taxpayer_no = newest_link.taxpayer_no
WHERE document.fiscal_year = $1
ORDER BY document.document_no
