-- The ledger, format version 7: what happens to a levy after its notice.
-- == Reductions (減免), account transfer, service of notices

-- == Release and printing

-- == Identifiers, inquiries, reports to governments

-- == Corrections: instalments after a change

-- == Backfills
