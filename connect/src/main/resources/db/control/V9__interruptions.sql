-- Why a batch was interrupted, and by whom.
alter table sync_batches add column interruption text;
