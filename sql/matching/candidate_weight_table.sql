-- What each compared item of a candidate weighs, in hundredths of a bit; empty until somebody is weighed.
CREATE OR REPLACE TEMP TABLE candidate_weight (
  document_no BIGINT,
  taxpayer_no VARCHAR,
  compared_item VARCHAR,
  agreement VARCHAR,
  weight_centibits INTEGER
);
