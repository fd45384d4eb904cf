-- 株式等・上場株式等の配当等・先物取引の課税所得
-- 条文: 地方税法附則33条の2⑤、35条の2⑤⑧三、35条の2の2⑤、35条の4④、20条の4の2①
-- taxable_general_shares_yen: 課税される一般株式等に係る譲渡所得等（円）
-- taxable_listed_shares_yen: 課税される上場株式等に係る譲渡所得等（円）
-- taxable_listed_dividend_yen: 課税される上場株式等に係る配当所得等（円）
-- taxable_futures_yen: 課税される先物取引に係る雑所得等（円）
-- deductions_for_forestry_yen: 分離課税の所得からも引ききれない所得控除（円）
SELECT *,
  CASE WHEN separate_income_yen > 0 THEN floor_taxable_base(after_loss(general_share_after_losses_yen, 0,
    deductions_for_shares_yen)) ELSE 0 END AS taxable_general_shares_yen,
  CASE WHEN separate_income_yen > 0 THEN floor_taxable_base(after_loss(listed_share_after_losses_yen,
    general_share_after_losses_yen, deductions_for_shares_yen)) ELSE 0 END AS taxable_listed_shares_yen,
  CASE WHEN separate_income_yen > 0 THEN floor_taxable_base(after_loss(listed_dividend_after_losses_yen,
    general_share_after_losses_yen + listed_share_after_losses_yen, deductions_for_shares_yen)) ELSE 0 END AS
    taxable_listed_dividend_yen,
  CASE WHEN separate_income_yen > 0 THEN floor_taxable_base(after_loss(futures_after_losses_yen,
    general_share_after_losses_yen + listed_share_after_losses_yen + listed_dividend_after_losses_yen,
    deductions_for_shares_yen)) ELSE 0 END AS taxable_futures_yen,
  loss_left(deductions_for_shares_yen, general_share_after_losses_yen + listed_share_after_losses_yen +
    listed_dividend_after_losses_yen + futures_after_losses_yen) AS deductions_for_forestry_yen
FROM previous
