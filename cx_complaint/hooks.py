"""What installing and leaving do beyond loading files."""


def post_init_hook(env):
    """Give the warehouses that exist already their quarantine tree and operation types."""
    env["stock.warehouse"].with_context(active_test=False).search([])._cx_ensure_quarantine()


def uninstall_hook(env):
    """Archive what is ours and empty; name what still holds goods, and leave it in place."""
    env["stock.warehouse"].with_context(active_test=False).search([])._cx_retire_quarantine()
