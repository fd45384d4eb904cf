"""The figures that an assessment keeps: the columns of the ledger's table, in its order."""

IDENTITY = ("fiscal_year", "taxpayer_no", "ward_code")
YEN = (
    "employment_paid_yen",
    "employment_income_yen",
    "income_adjustment_deduction_yen",
    "total_income_yen",
    "gross_income_yen",
    "gross_income_etc_yen",
    "social_insurance_deduction_yen",
    "small_enterprise_deduction_yen",
    "life_insurance_deduction_yen",
    "earthquake_insurance_deduction_yen",
    "disability_deduction_yen",
    "widow_deduction_yen",
    "single_parent_deduction_yen",
    "working_student_deduction_yen",
    "spouse_deduction_yen",
    "spouse_special_deduction_yen",
    "dependant_deduction_yen",
    "specific_relative_special_deduction_yen",
    "basic_deduction_yen",
    "deductions_yen",
    "personal_deduction_difference_yen",
    "taxable_income_yen",
    "city_income_levy_before_credits_yen",
    "prefecture_income_levy_before_credits_yen",
    "city_adjustment_credit_yen",
    "prefecture_adjustment_credit_yen",
    "city_housing_loan_credit_yen",
    "prefecture_housing_loan_credit_yen",
    "city_fixed_reduction_yen",
    "prefecture_fixed_reduction_yen",
    "city_income_levy_yen",
    "prefecture_income_levy_yen",
    "city_per_capita_yen",
    "prefecture_per_capita_yen",
    "city_tax_yen",
    "prefecture_tax_yen",
    "forest_environment_tax_yen",
    "annual_tax_yen",
)
EXEMPT = ("per_capita_exempt", "income_levy_exempt", "forest_environment_tax_exempt")
COLLECTION = ("collection_method", "payer_designated_no", "payer_document_no")
INSTALMENTS = ("ordinary_instalments_yen", "withholding_instalments_yen")
KEPT = YEN + EXEMPT + COLLECTION + INSTALMENTS
