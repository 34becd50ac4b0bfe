-- `typed_by`: who had changed the record last when its value won, by that system's own
-- word; null where the system does not say so, and of what was agreed on before this.
alter table ledger.value_history add column typed_by varchar;
