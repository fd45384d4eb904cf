-- Relatives whom an officer denied, for the tax office (扶養否認の通知のもと). Reads claimed_relative.
-- A report does not say who of the relatives is disabled: where it counts any, the officer must look at what left and what stays.
SELECT
  concat_ws(':', relative.taxpayer_no, document_no, role, relative_no) AS "対象",
  relative.taxpayer_no AS "申告者の宛名番号",
  CASE document.document_kind
    WHEN 'wage_report' THEN '給与支払報告書'
    WHEN 'pension_report' THEN '公的年金等支払報告書'
    WHEN 'income_tax_return' THEN '確定申告書'
    ELSE '市民税・県民税申告書'
  END AS "資料",
  name AS "親族の氏名",
  coalesce(relative_taxpayer_no, '') AS "親族の宛名番号",
  coalesce(CAST(born_on AS VARCHAR), '') AS "生年月日",
  CASE role
    WHEN 'spouse' THEN '配偶者'
    WHEN 'under_16' THEN '16歳未満の扶養親族'
    WHEN 'specific_relative' THEN '特定親族'
    ELSE CASE claimed_class
      WHEN 'specific' THEN '特定扶養親族' WHEN 'elderly' THEN '老人扶養親族' WHEN 'other' THEN 'その他の扶養親族'
      ELSE '数に含まれない親族'
    END
  END AS "否認した区分",
  decision_no AS "決定番号",
  decided_on AS "決定日",
  verdict_reason AS "理由",
  CASE
    WHEN document.document_kind IN ('wage_report', 'pension_report')
      AND claim.disability_special_count + claim.disability_other_count > 0
      THEN '障害者の数 ' || (claim.disability_special_count + claim.disability_other_count) || ' のうち '
        || (standing.disability_special_count + standing.disability_other_count) || ' を残した（確認）'
    ELSE ''
  END AS "注意"
FROM claimed_relative AS relative
JOIN relative_claim AS claim USING (taxpayer_no, document_no)
JOIN standing_claim AS standing USING (taxpayer_no)
JOIN linked_document AS document USING (document_no)
LEFT JOIN claimed_class USING (taxpayer_no, role, relative_no)
WHERE claimed AND verdict = 'deny'
ORDER BY relative.taxpayer_no, document_no, role, relative_no
