-- Rules 1a to 1c: the number's one bearer, with the same birth date and the same name or kana, as written (number_and_attributes), in
-- another spelling (.._normalized), or as the register knew them before (.._former). Everything else about a number that the
-- register knows goes to a person, and no other rule may link it; so does a number where somebody else is alike (lookalike.sql).
WITH bearer AS (
  SELECT
    document_no,
    count(*) AS bearers,
    bool_and(name_by IS NOT NULL) AS name_agrees,
    min(name_by) AS name_by,
    bool_and(born_known) AS born_known,
    bool_and(born_agrees) AS born_agrees,
    bool_and(coalesce(address_agrees, true)) AS address_agrees,
    min(taxpayer_no) AS taxpayer_no
  FROM number_pair
  GROUP BY document_no
),
judged AS (
  SELECT
    bearer.*,
    sole.document_no IS NOT NULL AND sole.taxpayer_no IS DISTINCT FROM bearer.taxpayer_no AS alike,
    CASE
      WHEN bearers > 1 THEN 'several_candidates'
      WHEN name_agrees AND born_agrees AND alike THEN 'several_candidates'
      WHEN name_agrees AND born_agrees THEN NULL
      WHEN NOT name_agrees AND NOT born_agrees THEN 'number_contradicts'
      ELSE 'attributes_differ'
    END AS reason,
    CASE WHEN address_agrees THEN '住所は一致します。' ELSE '住所も一致しません。' END AS address_text
  FROM bearer
  LEFT JOIN sole_fitting AS sole USING (document_no)
)
SELECT
  document_no,
  CASE WHEN reason IS NULL THEN taxpayer_no END AS taxpayer_no,
  CASE
    WHEN reason IS NOT NULL THEN NULL
    WHEN name_by = 'exact' THEN 'number_and_attributes'
    WHEN name_by = 'form' THEN 'number_and_attributes_normalized'
    ELSE 'number_and_attributes_former'
  END AS rule,
  reason,
  CASE
    WHEN reason = 'several_candidates' AND bearers = 1
      THEN '個人番号の人のほかに、生年月日とフリガナ（または氏名）の同じ人がいます（双子・同姓同名など）。' || address_text
        || '氏名と住所の両方が一致する人を一人に決められません。住基ネットで個人番号を確認し、本人を特定してください。'
    WHEN reason = 'several_candidates'
      THEN '同じ個人番号の人が住民登録に複数います。住民登録の個人番号を確認してください。'
    WHEN reason = 'number_contradicts'
      THEN '個人番号の人と、氏名・フリガナも生年月日も一致しません。' || address_text
        || '住基ネットで個人番号を確認し、本人を特定してください。'
    WHEN NOT born_known
      THEN '個人番号と氏名（またはフリガナ）は一致しますが、生年月日の記載がありません。' || address_text || '本人か確認してください。'
    WHEN name_agrees AND NOT born_agrees
      THEN '個人番号と氏名（またはフリガナ）は一致しますが、生年月日が一致しません。' || address_text || '本人か確認してください。'
    WHEN NOT name_agrees
      THEN '個人番号と生年月日は一致しますが、氏名もフリガナも一致しません。' || address_text || '改姓などを確認してください。'
  END AS message
FROM judged
