-- Whom a person may choose from for each document of the queue: the ten with whom most of number, name, kana, birth date, address and the
-- payer's receiver number agree, then by taxpayer number. `evidence` tells for each what agrees and what differs, and no value of anybody.
WITH asked AS (
  SELECT document_no, reason FROM number_outcome WHERE reason IS NOT NULL
  UNION ALL
  SELECT document_no, reason FROM attribute_outcome WHERE reason IS NOT NULL
),
pair AS (
  SELECT document_no, taxpayer_no FROM number_pair
  UNION
  SELECT document_no, taxpayer_no FROM attribute_pair
  UNION
  SELECT document_no, taxpayer_no FROM near_pair
  UNION
  SELECT document_no, taxpayer_no FROM former_pair WHERE resident OR agrees
  UNION
  SELECT document_no, taxpayer_no FROM payer_pair
  UNION
  SELECT document_no, taxpayer_no FROM lookalike SEMI JOIN (FROM asked WHERE reason = 'several_candidates') USING (document_no)
),
asked_pair AS (
  SELECT document_no, taxpayer_no
  FROM pair
  SEMI JOIN asked USING (document_no)
),
known AS (
  -- What each of them is today (on 1 January) and was before. Of one who has left the register, all is past.
  SELECT taxpayer_no, number_id, name, kana, born_on, address, true AS today
  FROM resident_of_year
  WHERE taxpayer_no IN (SELECT taxpayer_no FROM asked_pair)
  UNION ALL
  SELECT taxpayer_no, number_id, name, kana, born_on, address, false
  FROM former_state
  WHERE taxpayer_no IN (SELECT taxpayer_no FROM asked_pair)
),
spelled AS (
  SELECT taxpayer_no, number_id, width_fold(name) AS name, name_form(name) AS name_form, width_fold(kana) AS kana,
    kana_form(kana) AS kana_form, born_on, width_fold(address) AS address, address_form(address) AS address_form, today
  FROM known
),
state AS (
  SELECT *, place_of(address_form) AS place, room_of(address_form) AS room
  FROM spelled
),
document AS (
  SELECT searched.*, width_fold(name) AS name
  FROM searched_document AS searched
  JOIN open_document USING (document_no)
),
compared AS (
  -- How each thing agrees, the best over what the person is and was: 3 as written today, 2 today in another spelling, 1 as it was
  -- before, 0 not at all, NULL where the document does not have it.
  SELECT
    pair.document_no,
    pair.taxpayer_no,
    max(CASE
      WHEN document.number_id IS NULL THEN NULL
      WHEN document.number_id = state.number_id THEN CASE WHEN today THEN 3 ELSE 1 END
      ELSE 0
    END) AS number_is,
    max(CASE
      WHEN document.name_form IS NULL THEN NULL
      WHEN today AND document.name = state.name THEN 3
      WHEN document.name_form = state.name_form THEN CASE WHEN today THEN 2 ELSE 1 END
      ELSE 0
    END) AS name_is,
    max(CASE
      WHEN document.kana_form IS NULL THEN NULL
      WHEN today AND document.kana = state.kana THEN 3
      WHEN document.kana_form = state.kana_form THEN CASE WHEN today THEN 2 ELSE 1 END
      ELSE 0
    END) AS kana_is,
    max(CASE
      WHEN document.born_on IS NULL THEN NULL
      WHEN document.born_on = state.born_on THEN CASE WHEN today THEN 3 ELSE 1 END
      ELSE 0
    END) AS born_is,
    max(CASE
      WHEN document.place IS NULL THEN NULL
      WHEN today AND document.address = state.address THEN 3
      WHEN places_agree(document.place, document.room, state.place, state.room) THEN CASE WHEN today THEN 2 ELSE 1 END
      ELSE 0
    END) AS address_is,
    max(CASE WHEN payer.document_no IS NOT NULL THEN 3 END) AS receiver_is
  FROM asked_pair AS pair
  JOIN document USING (document_no)
  JOIN state USING (taxpayer_no)
  LEFT JOIN payer_pair AS payer ON payer.document_no = pair.document_no AND payer.taxpayer_no = pair.taxpayer_no
  GROUP BY pair.document_no, pair.taxpayer_no
),
told AS (
  SELECT
    *,
    len(list_filter([number_is, name_is, kana_is, born_is, address_is, receiver_is], lambda score: score > 0)) AS agreeing,
    concat_ws(
      '・',
      agreement_text('個人番号', number_is),
      agreement_text('氏名', name_is),
      agreement_text('フリガナ', kana_is),
      agreement_text('生年月日', born_is),
      agreement_text('住所', address_is),
      agreement_text('支払者と受給者番号（前年）', receiver_is)
    ) AS agreeing_text,
    concat_ws(
      '・',
      CASE WHEN number_is = 0 THEN '個人番号' END,
      CASE WHEN name_is = 0 THEN '氏名' END,
      CASE WHEN kana_is = 0 THEN 'フリガナ' END,
      CASE WHEN born_is = 0 THEN '生年月日' END,
      CASE WHEN address_is = 0 THEN '住所' END
    ) AS differing_text
  FROM compared
)
SELECT
  document_no,
  taxpayer_no,
  number_is,
  name_is,
  kana_is,
  born_is,
  address_is,
  receiver_is,
  concat_ws('、', nullif(agreeing_text, '') || 'が一致', nullif(differing_text, '') || 'が相違') AS evidence
FROM told
QUALIFY row_number() OVER (PARTITION BY document_no ORDER BY agreeing DESC, taxpayer_no) <= 10
