from .common import CxCommon


class PapersCommon(CxCommon):
    """A return of two lots with its inspection, ready to be printed; no test methods."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.driver = cls._create_product("Cx Driver", tracking="lot", default_code="DRV", cx_is_rohs=True)
        cls.lots = cls._create_lots(cls.driver, "DRV-A", "DRV-B")
        cls.complaint = cls.env["cx.complaint"].create({
            "summary": "No light", "partner_id": cls.customer.id,
            "reference_ids": [
                (0, 0, {"kind": "complaint", "number": "8D-77"}), (0, 0, {"kind": "return_note", "number": "RN-12"}),
            ],
            "line_ids": [(0, 0, {
                "product_id": cls.driver.id, "quantity": 40, "name": "No output after two hours",
                "defect_id": cls.env.ref("cx_complaint.defect_function").id, "invoice_text": "INV-0815",
            })],
        })
        cls.rma = cls.env["cx.rma"].create({
            "partner_id": cls.customer.id, "warehouse_id": cls.warehouse.id,
            "kind_id": cls.env.ref("cx_complaint.rma_kind_return").id,
            "requirement": "Rework within two weeks", "limit_date": "2026-12-04",
            "line_ids": [(0, 0, {
                "complaint_line_id": cls.complaint.line_ids.id, "product_id": cls.driver.id, "quantity": 40,
                "no_origin_reason": "bought before the system", "lot_ids": [(6, 0, cls.lots.ids)],
            })],
        })
        cls.inspection = cls.env["cx.inspection"].create({
            "rma_line_id": cls.rma.line_ids.id, "cause": "Capacitor dried out",
            "line_ids": [
                (0, 0, {"verdict_id": cls.env.ref("cx_complaint.verdict_good").id, "quantity": 10}),
                (0, 0, {"verdict_id": cls.env.ref("cx_complaint.verdict_rework").id, "quantity": 30,
                        "defect_id": cls.env.ref("cx_complaint.defect_function").id,
                        "lot_ids": [(6, 0, cls.lots.ids)]}),
            ],
        })

    def _section(self, paper, code):
        """The block of this code, or None when it is not printed."""
        return next((section for section in paper["sections"] if section["code"] == code), None)

    def _texts(self, section):
        """Everything a block prints, as one text."""
        return str([value for key, value in section.items() if key != "code"])
