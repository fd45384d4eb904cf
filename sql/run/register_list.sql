-- Whom the changes of the register, or the entries outside it, make different from the extract of 1 January: who is taxed or not, and what is to do.
-- Needs a pin. Changes of earlier years than the income year are no longer listed.
WITH absent AS (
  SELECT taxpayer_no, absence, happened_on, january_municipality
  FROM absence_of_year
  ANTI JOIN person_of_year USING (taxpayer_no)
  WHERE absence IS NOT NULL AND happened_on >= make_date(getvariable('pinned_fiscal_year') - 1, 1, 1)
),
since AS (
  SELECT taxpayer_no, change_kind, happened_on, january_municipality
  FROM standing_change
  SEMI JOIN person_of_year USING (taxpayer_no)
  WHERE happened_on >= make_date(getvariable('pinned_fiscal_year'), 1, 1)
    AND change_kind IN ('born', 'moved_in', 'restored', 'moved_out', 'died', 'deleted')
  QUALIFY row_number() OVER (PARTITION BY taxpayer_no ORDER BY change_order DESC) = 1
),
entered AS (
  SELECT taxpayer_no, presence.happened_on, presence.january_municipality
  FROM person_of_year
  ANTI JOIN listed_resident USING (taxpayer_no)
  JOIN presence_of_year AS presence USING (taxpayer_no)
  WHERE NOT outside
),
heir AS (
  SELECT DISTINCT taxpayer_no FROM standing_outside WHERE entry_kind = 'heir_representative'
),
outsider AS (
  SELECT taxpayer_no, entry_kind, ward_code, from_on, registered_municipality
  FROM standing_outside
  WHERE entry_kind IN ('taxed_here', 'house')
    AND from_on <= make_date(getvariable('pinned_fiscal_year'), 1, 1)
    AND coalesce(to_on >= make_date(getvariable('pinned_fiscal_year'), 1, 1), true)
),
listed AS (
  SELECT
    taxpayer_no,
    CASE absence
      WHEN 'moved_out' THEN '賦課期日までに転出'
      WHEN 'died' THEN '賦課期日前に死亡'
      WHEN 'deleted' THEN '賦課期日までに職権消除'
      WHEN 'taxed_elsewhere' THEN 'ほかの市区町村が課税（294条3項・4項）'
      ELSE '賦課期日より後に転入'
    END AS kind,
    happened_on,
    january_municipality AS municipality,
    'しない' AS taxed,
    CASE absence WHEN 'died' THEN '' WHEN 'deleted' THEN '居住の実態を確認' ELSE '資料があれば回送' END AS action
  FROM absent
  UNION ALL
  SELECT
    taxpayer_no,
    CASE change_kind WHEN 'died' THEN '賦課期日以後に死亡' WHEN 'moved_out' THEN '賦課期日より後に転出' ELSE '賦課期日より後に職権消除' END,
    happened_on,
    NULL,
    'する',
    CASE
      WHEN change_kind = 'died' AND taxpayer_no IN (FROM heir) THEN '相続人代表者へ通知'
      WHEN change_kind = 'died' THEN '相続人を調査し、相続人代表者を登録'
      WHEN change_kind = 'deleted' THEN '居住の実態を確認'
      ELSE ''
    END
  FROM since
  WHERE change_kind IN ('moved_out', 'died', 'deleted')
  UNION ALL
  SELECT taxpayer_no, '賦課期日までに転入・出生（抽出の後に判明）', happened_on, january_municipality, 'する', ''
  FROM entered
  UNION ALL
  SELECT
    taxpayer_no,
    CASE entry_kind WHEN 'taxed_here' THEN '住民登録のない居住者' ELSE '家屋敷・事務所等' END,
    from_on,
    registered_municipality,
    CASE
      WHEN entry_kind = 'taxed_here' THEN 'する'
      WHEN resident.taxpayer_no IS NULL THEN '均等割のみ'
      WHEN resident.ward_code = outsider.ward_code THEN 'しない（住所のある区）'
      ELSE '均等割を別に'
    END,
    CASE entry_kind WHEN 'taxed_here' THEN '住民登録のある市区町村へ通知（294条3項）' ELSE '' END
  FROM outsider
  LEFT JOIN person_of_year AS resident USING (taxpayer_no)
  UNION ALL
  SELECT taxpayer_no, '抽出には在住、先に届いた異動では不在', presence.happened_on, presence.january_municipality, 'する', '住民記録に確認'
  FROM presence_of_year AS presence
  JOIN person_of_year USING (taxpayer_no)
  SEMI JOIN listed_resident USING (taxpayer_no)
  WHERE NOT presence.present
)
SELECT
  taxpayer_no AS "宛名番号",
  kind AS "区分",
  happened_on AS "異動日・開始日",
  coalesce(municipality, '') AS "1月1日・住民登録の市区町村",
  taxed AS "課税",
  action AS "次にすること"
FROM listed
ORDER BY taxpayer_no, happened_on, kind
