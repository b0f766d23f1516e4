"""The faces: what people see of the released figures."""
