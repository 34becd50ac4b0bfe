"""LENKE_HOME: what stands in it, who may use it, its backup and its restore."""
