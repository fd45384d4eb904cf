-- Donations that other municipalities tell of (申告特例通知書), and whether they count: not beside a return, and not when more
-- municipalities were asked than the law allows (附7①⑥⑬).
SELECT
  document.taxpayer_no,
  document.document_no,
  notice.donated_yen,
  filed.document_no IS NULL
    AND count(DISTINCT notice.sender_municipality) OVER (PARTITION BY document.taxpayer_no)
      <= p_one_stop_municipalities_max() AS counts
FROM linked_document AS document
JOIN pinned_one_stop_notice AS notice USING (document_no)
LEFT JOIN decisive_return AS filed ON filed.taxpayer_no = document.taxpayer_no
WHERE document.submission_kind <> 'cancellation'
