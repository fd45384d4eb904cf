-- Where every document that makes a base stands. Reports beside a return stand in its base too: they say who withholds.
SELECT document_no, taxpayer_no
FROM counted_report
UNION ALL
SELECT document_no, taxpayer_no
FROM counted_pension
UNION ALL
SELECT document_no, taxpayer_no
FROM decisive_return
UNION ALL
SELECT document_no, taxpayer_no
FROM one_stop_notice_of_year
WHERE taxpayer_no IS NOT NULL AND NOT void
UNION ALL
SELECT DISTINCT notice_no, taxpayer_no
FROM left_payer
