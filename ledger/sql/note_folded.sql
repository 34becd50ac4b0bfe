-- From now on these receipts are folded.
insert into ledger.folded_writes (write_id, folded_at)
select distinct unfolded.write_id, $now as folded_at
from unfolded;

drop table newly_done;

drop table unfolded;
