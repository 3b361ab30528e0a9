"""Run in Odoo's shell after the ERP's apps are installed: what every database of this project has in common."""
# ruff: noqa: F821

NOWHERE = "http://127.0.0.1:9"  # nobody listens there

parameters = env["ir.config_parameter"].sudo()
# A clone has no file store of its own, so everything that is stored must be in the database.
parameters.set_param("ir_attachment.location", "db")
env["ir.attachment"].force_storage()
parameters.set_param("web.base.url", "http://127.0.0.1:8069")
# Nothing calls out to services on the internet: a trial with made-up customers must not send them anywhere.
for endpoint in ("iap.endpoint", "iap.partner_autocomplete.endpoint", "sms.endpoint", "snailmail.endpoint"):
    parameters.set_param(endpoint, NOWHERE)
env.ref("mail.ir_cron_module_update_notification").active = False
assert env.company.chart_template, "the main company has no chart of accounts"
env.cr.commit()
