-- The demo's closing table: label, figure, where it lies.
WITH newest AS (
  SELECT * FROM ledger.assessment
  QUALIFY row_number() OVER (PARTITION BY fiscal_year, taxpayer_no, ward_code ORDER BY version DESC) = 1
),
newest_link AS (
  SELECT * FROM ledger.document_link
  QUALIFY row_number() OVER (PARTITION BY document_no ORDER BY link_version DESC) = 1
),
newest_reason AS (
  SELECT * FROM ledger.review_item
  QUALIFY row_number() OVER (PARTITION BY document_no ORDER BY review_version DESC) = 1
)
SELECT label, figure, place FROM (
  SELECT 10 AS line, '受け付けたファイル' AS label, count(*)::BIGINT AS figure, '{root}/archive（暗号化）' AS place FROM ledger.source_file
  UNION ALL SELECT 20, '給与支払報告書', count(*)::BIGINT, '台帳 document' FROM ledger.document WHERE document_kind = 'wage_report'
  UNION ALL SELECT 25, '公的年金等支払報告書', count(*)::BIGINT, '台帳 document' FROM ledger.document WHERE document_kind = 'pension_report'
  UNION ALL SELECT 26, '確定申告書（国税連携）', count(*)::BIGINT, '台帳 document' FROM ledger.document WHERE document_kind = 'income_tax_return'
  UNION ALL SELECT 27, '市民税・県民税申告書', count(*)::BIGINT, '台帳 document' FROM ledger.document WHERE document_kind = 'resident_tax_return'
  UNION ALL SELECT 28, '申告特例通知書', count(*)::BIGINT, '台帳 document・juminzei one-stop void' FROM ledger.document WHERE document_kind = 'one_stop_notice'
  UNION ALL SELECT 30, '検証で止めたレコード', coalesce(sum(quarantined_count), 0)::BIGINT, 'juminzei quarantine list' FROM ledger.source_file
  UNION ALL SELECT 40, '突合保留', count(*)::BIGINT, 'juminzei queue list' FROM newest_reason
            WHERE reason NOT IN ('forwarded', 'closed') AND document_no NOT IN (SELECT document_no FROM newest_link WHERE taxpayer_no IS NOT NULL)
  UNION ALL SELECT 50, '住民（1月1日）', count(DISTINCT taxpayer_no)::BIGINT, '台帳 resident' FROM ledger.resident
  UNION ALL SELECT 60, '納税義務者（課税）', count(DISTINCT taxpayer_no)::BIGINT, '台帳 assessment' FROM newest WHERE annual_tax_yen > 0
  UNION ALL SELECT 70, '市民税 円', coalesce(sum(city_tax_yen), 0)::BIGINT, '台帳 assessment' FROM newest
  UNION ALL SELECT 80, '県民税 円', coalesce(sum(prefecture_tax_yen), 0)::BIGINT, '台帳 assessment' FROM newest
  UNION ALL SELECT 90, '森林環境税 円', coalesce(sum(forest_environment_tax_yen), 0)::BIGINT, '台帳 assessment' FROM newest
  UNION ALL SELECT 100, '納税通知書', count(*)::BIGINT, '{root}/outbox/taxpayer-ordinary_collection_notice' FROM ledger.notice
            WHERE notice_kind IN ('first_notice', 'change_notice')
  UNION ALL SELECT 110, '特別徴収税額決定通知（事業者）', count(DISTINCT payer_no)::BIGINT, '{root}/outbox/employer-withholding_*'
            FROM ledger.employer_notice
  UNION ALL SELECT 115, '特別徴収税額決定通知（給与所得者）', count(*)::BIGINT, '{root}/outbox/employee-withholding_*'
            FROM ledger.notice WHERE notice_kind IN ('withholding_notice', 'withholding_change_notice')
  UNION ALL SELECT 120, '国民健康保険への移転 行', coalesce(sum(r.row_count), 0)::BIGINT, '{root}/outbox/national_health_insurance-premium'
            FROM ledger.release r SEMI JOIN ledger.outbox_intent USING (release_no) ANTI JOIN ledger.release_repeat USING (release_no)
            WHERE r.contract = 'national_health_insurance-premium'
) ORDER BY line
