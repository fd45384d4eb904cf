-- 出した納付書: the slips of these taxpayers' year, in the order in which they were issued, and whether each still holds, is void, or came back
-- with a notice that is to be sent again
SELECT
  slip.taxpayer_no,
  slip.slip_no,
  slip.period,
  slip.slip_yen,
  slip.due_on,
  CASE WHEN void.slip_no IS NOT NULL THEN 'void' WHEN notice.notice_state = 'resent' THEN 'returned' ELSE 'holds' END AS slip_state
FROM pinned_payment_slip AS slip
LEFT JOIN pinned_payment_slip_void AS void USING (slip_no)
LEFT JOIN standing_notice AS notice ON notice.notice_no = slip.notice_no
WHERE slip.fiscal_year = $fiscal_year AND list_contains($taxpayer_nos, slip.taxpayer_no)
ORDER BY slip.slip_no
