-- Rule 2, kana_birth_address: no number in the document, and exactly one resident with the same kana, birth date and address of
-- 1 January. A number that the register does not know is a reason to ask, not to ignore it: such a document goes to a person.
WITH found AS (
  SELECT
    document_no,
    count(*) FILTER (WHERE kana_agrees AND born_agrees AND address_agrees) AS agreeing,
    bool_or(kana_agrees AND born_agrees AND NOT address_agrees) AS only_address_differs,
    bool_or(kana_agrees AND address_agrees AND NOT born_agrees) AS only_born_differs,
    bool_or(born_agrees AND address_agrees AND NOT kana_agrees) AS only_kana_differs,
    list(taxpayer_no ORDER BY taxpayer_no) FILTER (WHERE kana_agrees AND born_agrees AND address_agrees) AS agreeing_candidates,
    list(taxpayer_no ORDER BY taxpayer_no) AS candidates
  FROM attribute_pair
  GROUP BY document_no
),
judged AS (
  SELECT
    document_no,
    coalesce(agreeing, 0) AS agreeing,
    CASE WHEN agreeing > 0 THEN agreeing_candidates ELSE coalesce(candidates, []) END AS candidates,
    CASE
      WHEN number_id IS NOT NULL THEN 'number_unknown'
      WHEN agreeing = 1 THEN NULL
      WHEN agreeing > 1 THEN 'several_candidates'
      WHEN candidates IS NOT NULL THEN 'attributes_differ'
      ELSE 'no_candidate'
    END AS reason,
    concat_ws(
      '・',
      CASE WHEN only_address_differs THEN '住所だけが違う人' END,
      CASE WHEN only_born_differs THEN '生年月日だけが違う人' END,
      CASE WHEN only_kana_differs THEN 'フリガナだけが違う人' END
    ) AS near_text
  FROM open_document
  ANTI JOIN (SELECT document_no FROM number_pair) AS numbered USING (document_no)
  LEFT JOIN found USING (document_no)
)
SELECT
  document_no,
  CASE WHEN reason IS NULL THEN list_min(candidates) END AS taxpayer_no,
  CASE WHEN reason IS NULL THEN 'kana_birth_address' END AS rule,
  reason,
  CASE
    WHEN reason = 'number_unknown'
      THEN '個人番号の人が賦課期日現在の住民登録にいません。'
        || CASE
          WHEN agreeing > 0 THEN 'フリガナ・生年月日・住所がすべて一致する人はいます。'
          WHEN near_text <> '' THEN near_text || 'はいます。'
          ELSE 'フリガナ・生年月日・住所の近い人もいません。'
        END
        || '住基ネットで個人番号を確認し、名寄せか回送かを決めてください。'
    WHEN reason = 'several_candidates'
      THEN '個人番号の記載がなく、フリガナ・生年月日・住所がすべて一致する人が複数います。本人を特定してください。'
    WHEN reason = 'attributes_differ'
      THEN '個人番号の記載がなく、' || near_text || 'がいます。本人か確認してください。'
    WHEN reason = 'no_candidate'
      THEN '個人番号の記載がなく、フリガナ・生年月日・住所の一致する人が賦課期日現在の住民登録にいません。'
        || '課税権のある市区町村へ回送するか確認してください。'
  END AS message,
  candidates
FROM judged
