-- Each levy of `difference_key` as it is and as it was: the two versions, their bases, and what the run register says of both.
SELECT
  key.*,
  earlier.version AS earlier_version,
  later.decided_on,
  earlier.annual_tax_yen AS earlier_yen,
  later.annual_tax_yen AS later_yen,
  earlier_base.commit_no AS earlier_base_commit_no,
  later_base.commit_no AS later_base_commit_no,
  earlier_base.document_nos AS earlier_document_nos,
  later_base.document_nos AS later_document_nos,
  earlier.pinned_commit_no AS earlier_pinned_commit_no,
  earlier.decided_on AS earlier_decided_on,
  later.pinned_commit_no AS later_pinned_commit_no,
  later_base.spouse_taxpayer_no,
  earlier.parameter_digest AS earlier_digest,
  later.parameter_digest AS later_digest,
  earlier_base_run.parameter_digest AS earlier_base_digest,
  later_base_run.parameter_digest AS later_base_digest,
  earlier_run.code_version AS earlier_code,
  later_run.code_version AS later_code
FROM difference_key AS key
JOIN ledger.assessment AS later USING (fiscal_year, taxpayer_no, ward_code, version)
JOIN ledger.assessment AS first
  ON first.fiscal_year = key.fiscal_year AND first.taxpayer_no = key.taxpayer_no AND first.ward_code = key.ward_code
  AND first.version = key.first_version
LEFT JOIN ledger.assessment AS earlier
  ON earlier.fiscal_year = key.fiscal_year AND earlier.taxpayer_no = key.taxpayer_no AND earlier.ward_code = key.ward_code
  AND earlier.version = first.replaces_version
JOIN ledger.tax_base AS later_base
  ON later_base.fiscal_year = key.fiscal_year AND later_base.taxpayer_no = key.taxpayer_no
  AND later_base.tax_base_version = later.tax_base_version
LEFT JOIN ledger.tax_base AS earlier_base
  ON earlier_base.fiscal_year = key.fiscal_year AND earlier_base.taxpayer_no = key.taxpayer_no
  AND earlier_base.tax_base_version = earlier.tax_base_version
LEFT JOIN ledger.run AS later_run ON later_run.commit_no = later.commit_no
LEFT JOIN ledger.run AS earlier_run ON earlier_run.commit_no = earlier.commit_no
LEFT JOIN ledger.run AS later_base_run ON later_base_run.commit_no = later_base.commit_no
LEFT JOIN ledger.run AS earlier_base_run ON earlier_base_run.commit_no = earlier_base.commit_no
WHERE key.levy_kind = 'assessment'
ORDER BY key.fiscal_year, key.taxpayer_no, key.ward_code
