-- record_exception: every rule that a record breaks, with what the operator is told; never a value of the record.
SELECT exception.file_no, exception.record_no, exception.rule, exception.severity, exception.item_no, exception.message,
  exception.amount_yen
FROM exception
ORDER BY exception.file_no, exception.record_no, exception.rule
