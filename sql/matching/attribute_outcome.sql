-- Rules 2 to 5, for documents without a number: each links where exactly one resident fits, and the first rule that anybody fits decides.
--   2 kana_birth_address             kana, birth date and address of 1 January, the same up to width
--   3 kana_birth_address_normalized  the same in another spelling
--   4 kana_birth_address_former      the same as the register knew them at another time; who has left the register counts as fitting, too
--   5 payer_and_receiver             the payer and receiver number of last year's document, with birth date and kana
-- Where somebody else is alike (lookalike.sql), the one who fits must fit name and address alone.
-- Two who fit rule 3 are two candidates even when one of them is written exactly so. A number that the register does not know is a
-- reason to ask, not to ignore it: such a document goes to a person. What nobody fits and nobody comes near is told by where it leads.
WITH now AS (
  SELECT document_no, count(*) AS fitting, bool_and(exact) AS exact, min(taxpayer_no) AS taxpayer_no
  FROM attribute_pair
  WHERE address_agrees
  GROUP BY document_no
),
before AS (
  SELECT
    document_no,
    count(*) AS fitting,
    count(*) FILTER (WHERE resident) AS residents,
    min(taxpayer_no) AS taxpayer_no,
    -- Why the one who fits does not live here on 1 January.
    CASE WHEN count(*) = 1 THEN min(absence) END AS absence
  FROM former_pair
  LEFT JOIN absence_of_year USING (taxpayer_no)
  WHERE agrees
  GROUP BY document_no
),
payer AS (
  SELECT document_no, count(*) AS fitting, min(taxpayer_no) AS taxpayer_no
  FROM payer_pair
  WHERE agrees
  GROUP BY document_no
),
near AS (
  SELECT
    document_no,
    bool_or(near_by = 'kana_birth') AS only_address_differs,
    bool_or(near_by = 'kana_address') AS only_born_differs,
    bool_or(near_by = 'birth_address') AS only_kana_differs
  FROM (
    SELECT document_no, 'kana_birth' AS near_by
    FROM attribute_pair
    WHERE NOT address_agrees
    UNION ALL
    SELECT document_no, CASE WHEN born_agrees THEN 'birth_address' ELSE 'kana_address' END
    FROM near_pair
    UNION ALL
    SELECT document_no, CASE WHEN kana_agrees THEN 'kana_birth' ELSE 'birth_address' END
    FROM former_pair
    WHERE resident AND NOT agrees
    UNION ALL
    SELECT document_no, 'payer'
    FROM payer_pair
  )
  GROUP BY document_no
),
judged AS (
  SELECT
    document_no,
    searched.number_id IS NOT NULL AS numbered,
    CASE
      WHEN now.fitting IS NOT NULL THEN now.taxpayer_no
      WHEN before.fitting IS NOT NULL THEN before.taxpayer_no
      ELSE payer.taxpayer_no
    END AS fitting_no,
    before.absence,
    coalesce(now.fitting, before.fitting, payer.fitting) = 1
      AND sole.document_no IS NOT NULL
      AND sole.taxpayer_no IS DISTINCT FROM fitting_no AS alike,
    CASE
      WHEN now.exact THEN 'kana_birth_address'
      WHEN now.fitting IS NOT NULL THEN 'kana_birth_address_normalized'
      WHEN before.fitting IS NOT NULL THEN 'kana_birth_address_former'
      ELSE 'payer_and_receiver'
    END AS rule,
    CASE
      -- A namesake among the residents makes it doubtful that the dead person is meant: a person looks.
      WHEN now.fitting IS NULL AND before.residents = 0
        THEN CASE
          WHEN absence = 'died' AND sole.document_no IS NULL THEN 'closed'
          WHEN absence IN ('moved_out', 'moved_in_later', 'taxed_elsewhere') THEN absence
          ELSE 'left_register'
        END
      WHEN numbered AND coalesce(now.fitting, before.fitting) >= 1 THEN 'number_differs'
      WHEN numbered AND near.document_no IS NOT NULL THEN 'number_unknown'
      WHEN coalesce(now.fitting, before.fitting, payer.fitting) > 1 THEN 'several_candidates'
      WHEN coalesce(now.fitting, before.fitting, payer.fitting) = 1 AND alike THEN 'several_candidates'
      WHEN coalesce(now.fitting, before.fitting, payer.fitting) = 1 THEN NULL
      WHEN near.document_no IS NOT NULL THEN 'attributes_differ'
      ELSE nowhere.reason
    END AS reason,
    concat_ws(
      '・',
      CASE WHEN only_address_differs THEN '住所だけが違う人' END,
      CASE WHEN only_born_differs THEN '生年月日だけが違う人' END,
      CASE WHEN only_kana_differs THEN 'フリガナだけが違う人' END
    ) AS near_text
  FROM searched_document AS searched
  ANTI JOIN (SELECT document_no FROM number_pair) AS bearing USING (document_no)
  LEFT JOIN now USING (document_no)
  LEFT JOIN before USING (document_no)
  LEFT JOIN payer USING (document_no)
  LEFT JOIN near USING (document_no)
  LEFT JOIN nowhere_reason AS nowhere USING (document_no)
  LEFT JOIN sole_fitting AS sole USING (document_no)
)
SELECT
  document_no,
  CASE WHEN reason IS NULL THEN fitting_no END AS taxpayer_no,
  CASE WHEN reason IS NULL THEN rule END AS rule,
  reason,
  CASE WHEN numbered THEN '個人番号の人が賦課期日現在の住民登録にいません。' ELSE '個人番号の記載がなく、' END
    || CASE reason
      WHEN 'closed'
        THEN '一致する人は賦課期日前に死亡しているため、課税しません（地方税法294条1項・318条）。資料の処理を終えました。'
      WHEN 'moved_out'
        THEN '一致する人は賦課期日までに転出しています。'
          || '賦課期日の住所地（juminzei register list で確認）の市区町村へ回送（forward）してください。'
      WHEN 'moved_in_later'
        THEN '一致する人は賦課期日より後に転入しています。'
          || '賦課期日の住所地（juminzei register list で確認）の市区町村へ回送（forward）してください。'
      WHEN 'taxed_elsewhere'
        THEN '一致する人には、ほかの市区町村が住所を有する者として課税しています（地方税法294条3項・4項、職員の決定）。'
          || 'その市区町村（juminzei taxed-elsewhere list で確認）へ回送（forward）してください。'
      WHEN 'number_differs'
        THEN 'フリガナ・生年月日・住所の一致する人はいますが、その人の個人番号は資料と違うか、登録がありません。'
          || '住基ネットで個人番号を確認し、名寄せするかを決めてください。'
      WHEN 'number_unknown'
        THEN CASE WHEN near_text <> '' THEN near_text || 'はいます。' ELSE '候補の人はいます。' END
          || '住基ネットで個人番号を確認し、名寄せか回送かを決めてください。'
      WHEN 'several_candidates'
        THEN CASE
          WHEN alike
            THEN '一致する人のほかに、生年月日とフリガナ（または氏名）の同じ人がいます（双子・同姓同名など）。'
              || '氏名と住所の両方が一致する人を一人に決められません。本人を特定してください。'
          ELSE 'フリガナ・生年月日・住所などがすべて一致する人が複数います。本人を特定してください。'
        END
      WHEN 'attributes_differ'
        THEN CASE WHEN near_text <> '' THEN near_text ELSE '支払者の受給者番号だけが一致する人' END || 'がいます。本人か確認してください。'
      WHEN 'left_register'
        THEN '前の年度の住民登録や異動に一致する人がいますが、賦課期日現在の住民登録にはいません（転出か死亡かは確かめられていません）。'
          || '住民票の除票を確認し、賦課期日前の転出なら転出先へ回送（forward）、賦課期日前の死亡なら課税せず保留（keep）にしてください。'
      WHEN 'resident_elsewhere'
        THEN '一致する人はなく、資料の住所はほかの市区町村です。'
          || '住基ネットで賦課期日現在の住所を確認し、課税権のある市区町村へ回送（forward）してください。'
      WHEN 'unregistered_here'
        THEN '一致する人はなく、資料の住所は当市区町村ですが、そこに住民登録のある人はいません。'
          || '居住の実態を調査し、住んでいれば地方税法294条3項による課税（住民登録のある市区町村へ通知）、いなければ回送を検討してください。'
      WHEN 'no_candidate'
        THEN '一致する人も近い人もなく、資料からは賦課期日現在の住所地が分かりません。'
          || '提出者への照会などで住所を調査し、名寄せか回送かを決めてください。'
    END AS message
FROM judged
