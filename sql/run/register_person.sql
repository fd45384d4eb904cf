-- Everything that is known of one person besides documents: the register of 1 January, its changes, entries outside it, status. Newest first by kind of
-- source. The person's own addresses are not shown under 支援措置. Needs a pin; takes the taxpayer number.
WITH shown AS (
  SELECT coalesce(bool_or(protected_address), false) AS hidden FROM addressee_of_year WHERE taxpayer_no = $taxpayer_no
),
told AS (
  SELECT 1 AS place, '住民登録（1月1日）' AS source, CASE WHEN outside THEN '住登外' ELSE '在住' END AS kind,
    NULL::DATE AS from_on, NULL::DATE AS to_on, name, address, true AS own, NULL::DATE AS known_on, 0 AS nth
  FROM person_of_year
  WHERE taxpayer_no = $taxpayer_no
  UNION ALL
  SELECT
    2,
    CASE submission_kind WHEN 'new' THEN '住民異動' ELSE '住民異動の取消' END,
    CASE change_kind
      WHEN 'born' THEN '出生' WHEN 'moved_in' THEN '転入' WHEN 'moved_within' THEN '転居' WHEN 'renamed' THEN '氏名変更'
      WHEN 'moved_out' THEN '転出' WHEN 'died' THEN '死亡' WHEN 'deleted' THEN '職権消除' WHEN 'restored' THEN '職権回復'
      WHEN 'protection_began' THEN '支援措置開始' ELSE '支援措置終了'
    END,
    happened_on,
    notified_on,
    name,
    address,
    true,
    known_on,
    row_number() OVER (ORDER BY known_on, file_no, record_no)
  FROM pinned_register_change
  WHERE taxpayer_no = $taxpayer_no
  UNION ALL
  SELECT
    3,
    CASE submission_kind WHEN 'new' THEN '住登外・送付先等' ELSE '住登外・送付先等の取消' END,
    CASE entry_kind
      WHEN 'taxed_here' THEN '住民登録のない居住者' WHEN 'house' THEN '家屋敷・事務所等' WHEN 'mailing' THEN '送付先'
      WHEN 'tax_agent' THEN '納税管理人' ELSE '相続人代表者'
    END,
    from_on,
    to_on,
    name,
    address,
    entry_kind IN ('taxed_here', 'house'),
    known_on,
    row_number() OVER (ORDER BY known_on, file_no, record_no)
  FROM pinned_outside_register
  WHERE taxpayer_no = $taxpayer_no
  UNION ALL
  SELECT
    4,
    CASE submission_kind WHEN 'new' THEN '受給・手帳等' ELSE '受給・手帳等の取消' END,
    CASE status_kind
      WHEN 'public_assistance' THEN '生活扶助' WHEN 'returnee_support' THEN '支援給付'
      WHEN 'disability_ordinary' THEN '障害者手帳（普通）' ELSE '障害者手帳（特別）'
    END,
    from_on,
    to_on,
    NULL,
    NULL,
    false,
    known_on,
    row_number() OVER (ORDER BY known_on, file_no, record_no)
  FROM pinned_person_status
  WHERE taxpayer_no = $taxpayer_no
)
SELECT
  source AS "もと",
  kind AS "区分",
  coalesce(CAST(from_on AS VARCHAR), '') AS "異動日・開始日",
  coalesce(CAST(to_on AS VARCHAR), '') AS "届出日・終了日",
  coalesce(name, '') AS "氏名",
  CASE WHEN own AND hidden AND address IS NOT NULL THEN '（支援措置のため示さない）' ELSE coalesce(address, '') END AS "住所",
  coalesce(CAST(known_on AS VARCHAR), '') AS "知った日"
FROM told
CROSS JOIN shown
ORDER BY place, nth DESC
