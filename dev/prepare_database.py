"""Run in Odoo's shell after the ERP's apps are installed: what every database of this project has in common."""
# ruff: noqa: F821

parameters = env["ir.config_parameter"].sudo()
# A clone has no file store of its own, so everything that is stored must be in the database.
parameters.set_param("ir_attachment.location", "db")
env["ir.attachment"].force_storage()
# No report address is reachable under another name than the one the server listens on.
parameters.set_param("report.url", "http://127.0.0.1:8069")
# Nothing calls out to services on the internet by itself.
env.ref("mail.ir_cron_module_update_notification").active = False
env["ir.module.module"].search([("name", "=", "partner_autocomplete"), ("state", "=", "installed")]).button_immediate_uninstall()
assert env.company.chart_template, "the main company has no chart of accounts"
env.cr.commit()
