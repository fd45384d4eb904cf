-- 出した納付書: the slips of these taxpayers' year, in the order in which they were issued, and whether each still holds
SELECT
  slip.taxpayer_no,
  slip.slip_no,
  slip.period,
  slip.slip_yen,
  slip.due_on,
  void.slip_no IS NULL AS holds
FROM pinned_payment_slip AS slip
LEFT JOIN pinned_payment_slip_void AS void USING (slip_no)
WHERE slip.fiscal_year = $fiscal_year AND list_contains($taxpayer_nos, slip.taxpayer_no)
ORDER BY slip.slip_no
