-- Employers of whom something else holds than their newest version says: the next version.
SELECT
  state.designated_no,
  coalesce(newest.employer_version, 0) + 1 AS employer_version,
  state.corporate_number,
  state.number_id,
  state.name,
  state.kana,
  state.address,
  state.instalment_exception,
  state.notice_delivery,
  state.merged_into,
  state.valid_from,
  state.file_no,
  state.record_no,
  state.decision_no
FROM employer_state AS state
LEFT JOIN current_employer AS newest USING (designated_no)
WHERE newest.designated_no IS NULL
  OR (state.corporate_number, state.number_id, state.name, state.kana, state.address, state.instalment_exception,
      state.notice_delivery, state.merged_into)
    IS DISTINCT FROM (newest.corporate_number, newest.number_id, newest.name, newest.kana, newest.address,
      newest.instalment_exception, newest.notice_delivery, newest.merged_into)
ORDER BY state.designated_no
