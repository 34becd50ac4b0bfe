-- `payload_hash`: the refused values that an acknowledge is about, by the fingerprint of
-- a whole write or of the values that a refusal was laid to. Other values have another.
alter table ledger.decisions add column payload_hash varchar;
