-- What a backfill of these fiscal years may touch: people and their standing versions, of which decided in the range; documents and bases
-- behind them; the contracts that have told somebody of these years, whose changes would follow.
WITH standing AS (
  SELECT taxpayer_no, decided_on
  FROM ledger.assessment
  WHERE list_contains($years, fiscal_year)
  QUALIFY row_number() OVER (PARTITION BY fiscal_year, taxpayer_no, ward_code ORDER BY version DESC) = 1
)
SELECT
  (SELECT count(DISTINCT taxpayer_no) FROM standing) AS "納税義務者",
  (SELECT count(*) FROM standing) AS "立っている版",
  (SELECT count(*) FROM standing WHERE decided_on BETWEEN $first AND $to) AS "範囲の中の版",
  (SELECT count(*) FROM ledger.document WHERE list_contains($years, fiscal_year) AND known_on <= $to) AS "資料",
  (SELECT count(DISTINCT contract) FROM ledger.release JOIN ledger.outbox_intent AS intent USING (release_no, contract)
    WHERE list_contains($years, fiscal_year)) AS "異動分が続く契約",
  coalesce((SELECT string_agg(DISTINCT contract, '、' ORDER BY contract) FROM ledger.release
    JOIN ledger.outbox_intent AS intent USING (release_no, contract) WHERE list_contains($years, fiscal_year)), 'なし') AS "契約"
