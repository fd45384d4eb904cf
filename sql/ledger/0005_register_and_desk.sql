-- The ledger, format version 5: what happens to people between two 1 Januaries, and what the desk keeps.
-- == The register's changes, who is not in it, and status from other departments

-- == Relatives as persons, inquiries about them, and comparison with last year

-- == Quarantine as a workplace, reconciliation

-- == The tax office's other data, attachments, clerks' supplements, pension payers' lists, leavers
-- A return may name the withholding statement instead of premiums (源泉徴収票のとおり). Unknown for returns of earlier formats.
ALTER TABLE tax_return ADD COLUMN life_premiums_as_reported BOOLEAN;
ALTER TABLE tax_return ADD COLUMN earthquake_premiums_as_reported BOOLEAN;

