{
    "name": "Complaints and Returns",
    "summary": "Customer complaints, RMA, quarantine, inspection, rework, scrap, replacement and credit",
    "version": "19.0.1.0.0",
    "category": "Supply Chain/Complaints",
    "author": "cx_complaint contributors",
    "website": "https://github.com/cx-complaint/cx_complaint",
    "license": "LGPL-3",
    "application": True,
    "depends": [
        "sale_stock",
        "sale_mrp",
        "mrp_account",
        "stock_account",
        "account",
        "calendar",
        "portal",
        "rating",
    ],
    "external_dependencies": {"python": ["xlsxwriter"]},
    "data": [
        # Security
        "security/cx_complaint_groups.xml",
        "security/ir.model.access.csv",
        "security/cx_complaint_rules.xml",
        # Data
        "data/ir_sequence_data.xml",
        "data/procedure_data.xml",
        "data/mail_data.xml",
        "data/activity_data.xml",
        "data/settlement_data.xml",
        "data/rma_data.xml",
        # Menus: the skeleton first, each view file adds its items
        "views/menus.xml",
        # Views: case
        "views/case/complaint_intake_views.xml",
        "views/case/complaint_views.xml",
        "views/case/complaint_analysis_views.xml",
        "views/case/complaint_line_views.xml",
        "views/case/complaint_cancel_views.xml",
        "views/case/complaint_reopen_views.xml",
        "views/case/approval_views.xml",
        "views/case/approval_sign_views.xml",
        "views/case/paper_views.xml",
        # Views: followup
        "views/followup/contact_views.xml",
        # Views: procedure
        "views/procedure/department_views.xml",
        "views/procedure/role_views.xml",
        "views/procedure/channel_views.xml",
        "views/procedure/complaint_kind_views.xml",
        "views/procedure/category_views.xml",
        "views/procedure/defect_views.xml",
        "views/procedure/verdict_views.xml",
        "views/procedure/form_views.xml",
        "views/procedure/approval_template_views.xml",
        # Views: returns
        "views/returns/inspection_views.xml",
        "views/returns/rework_scheme_views.xml",
        # Views: core
        "views/erp/res_config_settings_views.xml",
        "views/erp/res_partner_views.xml",
        # Reports
        "report/paper_layout.xml",
        "report/paper_templates.xml",
        "report/label_templates.xml",
        "report/paper_reports.xml",
        # Views: settlement
        "views/settlement/settlement_views.xml",
        # Wizards
        "views/settlement/settlement_revise_views.xml",
    ],
    "demo": [
        "demo/users_demo.xml",
        "demo/departments_demo.xml",
        "demo/catalogue_demo.xml",
        "demo/forms_demo.xml",
    ],
    "post_init_hook": "post_init_hook",
    "uninstall_hook": "uninstall_hook",
}
