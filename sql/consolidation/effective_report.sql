-- The wage reports that count: neither replaced nor themselves a cancellation. New and additional ones (追加) stand side by side.
SELECT
  linked_report.taxpayer_no,
  linked_report.payer_key,
  report.* EXCLUDE (
    payer_number_id,
    payer_corporate_number,
    payer_address,
    employee_no,
    income_after_deduction_yen,
    deductions_yen,
    withheld_yen,
    life_insurance_deduction_yen,
    previous_payer_withheld_yen,
    ordinary_reason,
    remarks,
    known_on,
    commit_no
  )
FROM linked_report
ANTI JOIN replaced_report USING (document_no)
JOIN pinned_wage_report AS report USING (document_no)
WHERE submission_kind <> 'cancellation'
