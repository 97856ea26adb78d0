import { createHash } from 'node:crypto';
import { type Kysely, sql } from 'kysely';
import type { DatabaseDialect } from '../dialect.js';

/**
 * The whole schema, as statements of a dialect in their order. Times are text (RFC 3339), booleans are 0 or 1.
 *
 * Until 0.2.0 is released a change of the schema is made here; a database of an earlier shape is refused. From then on
 * this file stays as it is, and a change is a migration of its own.
 */
function statements(dialect: DatabaseDialect): string[] {
  const bytes = dialect === 'postgres' ? 'bytea' : 'blob';
  const numbered =
    dialect === 'postgres'
      ? 'bigint generated always as identity primary key'
      : 'integer primary key autoincrement';
  const rowNumber = dialect === 'postgres' ? numbered : 'integer primary key';
  const only = (one: DatabaseDialect, text: string): string[] => (dialect === one ? [text] : []);
  return [
    `create table inspections (
      id text primary key,
      tenant text not null,
      created_at text not null,
      status text not null,
      request text not null,
      sha256 text,
      size_bytes bigint,
      started_at text,
      finished_at text,
      attempts integer not null,
      versions text,
      answer_key text,
      error_code text,
      error_message text,
      cached_from text,
      case_ref text,
      tags text not null,
      notes text not null,
      batch_id text,
      supersedes text,
      superseded_by text,
      changes text,
      expires_at text,
      origin text,
      backing text,
      kind text,
      signer text,
      signer_confirmed integer,
      sentence text,
      batch_item integer,
      interrupted integer not null default 0,
      faults integer not null default 0,
      upload_kept_until text,
      headline text,
      case_at text,
      case_by text
    )`,
    `create index inspections_newest on inspections (tenant, created_at, id)`,
    `create index inspections_bytes on inspections (tenant, sha256, answer_key)`,
    `create index inspections_batch on inspections (tenant, batch_id, status)`,
    `create index inspections_expiry on inspections (expires_at)`,
    `create index inspections_batch_items on inspections (tenant, batch_id, batch_item)`,
    `create index inspections_of_case on inspections (tenant, case_ref, created_at, id) where case_ref is not null`,
    `create table inspection_reports (
      inspection_id text primary key references inspections (id) on delete cascade,
      report text not null
    )`,
    `create table inspection_facts (
      inspection_id text not null references inspections (id) on delete cascade,
      tenant text not null,
      name text not null,
      value text not null,
      constraint inspection_facts_key primary key (inspection_id, name, value)
    )`,
    ...only(
      'postgres',
      `create index inspection_facts_asked on inspection_facts (tenant, name, value, inspection_id)`,
    ),
    `create table inspection_derivatives (
      inspection_id text not null references inspections (id) on delete cascade,
      kind text not null,
      media_type text not null,
      content ${bytes} not null,
      constraint inspection_derivatives_key primary key (inspection_id, kind)
    )`,
    `create table inspection_jobs (
      id text primary key,
      tenant text not null,
      queued_at text not null,
      available_at text not null,
      lease text,
      leased_until text${dialect === 'sqlite' ? ",\n    put_off_at text not null default ''" : ''}
    )`,
    `create index inspection_jobs_next on inspection_jobs (available_at, queued_at)`,
    `create table events (
      number ${numbered},
      id text not null unique,
      tenant text not null,
      type text not null,
      at text not null,
      subject text not null,
      data text not null
    )`,
    `create table api_keys (
      id text primary key,
      tenant text not null,
      name text not null,
      digest text not null,
      scopes text not null,
      defaults text not null,
      limits text not null,
      created_at text not null,
      created_by text,
      expires_at text,
      revoked_at text,
      last_used_at text,
      first integer unique
    )`,
    `create index api_keys_newest on api_keys (tenant, created_at)`,
    `create table sessions (
      digest text primary key,
      key_id text not null references api_keys (id) on delete cascade,
      issued_at text not null,
      seen_at text not null,
      ends_at text not null
    )`,
    `create index sessions_end on sessions (ends_at)`,
    `create table key_usage (
      key_id text not null references api_keys (id) on delete cascade,
      day text not null,
      inspections bigint not null,
      bytes bigint not null,
      constraint key_usage_key primary key (key_id, day)
    )`,
    `create table audit (
      number ${numbered},
      tenant text not null,
      at text not null,
      key_id text,
      who text not null,
      action text not null,
      subject text,
      status integer not null,
      request_id text not null
    )`,
    `create index audit_tenant on audit (tenant, number)`,
    `create index audit_age on audit (at)`,
    `create table shares (
      id text primary key,
      tenant text not null,
      inspection_id text not null references inspections (id) on delete cascade,
      digest text not null,
      created_at text not null,
      created_by text not null,
      expires_at text not null,
      with_notes integer not null default 0,
      with_pictures integer not null default 0
    )`,
    `create index shares_inspection on shares (tenant, inspection_id)`,
    `create index shares_expiry on shares (expires_at)`,
    `create unique index shares_digest on shares (digest)`,
    `create table webhooks (
      id text primary key,
      tenant text not null,
      url text not null,
      description text,
      events text not null,
      created_at text not null,
      disabled_at text,
      disabled_because text,
      secret text not null,
      old_secret text,
      old_secret_until text,
      secret_key text
    )`,
    `create index webhooks_tenant on webhooks (tenant, created_at)`,
    `create table webhook_deliveries (
      id text primary key,
      tenant text not null,
      webhook_id text not null references webhooks (id) on delete cascade,
      message_id text not null,
      type text not null,
      body text not null,
      created_at text not null,
      status text not null,
      attempts integer not null,
      next_at text,
      lease text,
      leased_until text,
      last_at text,
      last_status integer,
      last_code text
    )`,
    `create index webhook_deliveries_due on webhook_deliveries (status, next_at)`,
    `create index webhook_deliveries_newest on webhook_deliveries (webhook_id, created_at, id)`,
    `create table idempotent_requests (
      tenant text not null,
      key_id text not null,
      idempotency_key text not null,
      fingerprint text not null,
      subject text not null,
      status integer,
      holder text not null,
      held_until text not null,
      expires_at text not null,
      constraint idempotent_requests_once primary key (tenant, key_id, idempotency_key)
    )`,
    `create index idempotent_requests_old on idempotent_requests (expires_at)`,
    `create table uploads (
      id text primary key,
      tenant text not null,
      created_at text not null,
      expires_at text not null,
      size_bytes bigint,
      metadata text not null,
      taken_until text
    )`,
    `create index uploads_tenant on uploads (tenant)`,
    `create index uploads_expiry on uploads (expires_at)`,
    `create table batches (
      id text primary key,
      tenant text not null,
      created_at text not null,
      total integer not null,
      open integer not null,
      case_ref text,
      tags text not null,
      cancelled_at text,
      finished_at text,
      expires_at text
    )`,
    `create index batches_newest on batches (tenant, created_at, id)`,
    `create index batches_expiry on batches (expires_at)`,
    `create table scans (
      number ${rowNumber},
      id text not null unique,
      created_at text not null,
      ended_at text,
      status text not null,
      header text not null,
      plan text,
      tenant text not null default 'local',
      run integer not null default 1,
      seen_at text,
      beside integer not null default 0
    )`,
    `create index scans_tenant on scans (tenant, number)`,
    `create table scan_jobs (
      scan bigint not null references scans (number) on delete cascade,
      job text not null,
      files integer not null,
      done_at text,
      handed_back integer not null default 0,
      handed_back_for text,
      worker text,
      taken_at text,
      cancelled_at text,
      constraint scan_jobs_key primary key (scan, job)
    )`,
    `create index scan_jobs_waiting on scan_jobs (scan) where done_at is null`,
    `create table scan_records (
      scan bigint not null references scans (number) on delete cascade,
      path_key text not null,
      path text not null,
      bytes bigint not null,
      modified bigint not null,
      outcome text not null,
      sha256 text,
      kind text,
      origin text,
      backing text,
      presence text,
      integrity text,
      signer text,
      error_code text,
      record text not null,
      run integer not null default 1,
      was text,
      constraint scan_records_key primary key (scan, path_key)
    )`,
    `create index scan_records_integrity on scan_records (scan, integrity, path_key) where integrity is not null`,
    `create index scan_records_signer on scan_records (scan, signer, path_key) where signer is not null`,
    `create index scan_records_error_code on scan_records (scan, error_code, path_key) where error_code is not null`,
    `create index scan_records_origin on scan_records (scan, origin, path_key) where origin <> 'none'`,
    `create index scan_records_run on scan_records (scan, run, path_key) where run > 1`,
    `create table law_bundles (
      digest text primary key,
      bundle ${bytes} not null
    )`,
    `create table law_in_force (
      one integer primary key,
      digest text,
      before text not null,
      at text not null
    )`,
    `create table rejudgements (
      id text primary key,
      tenant text not null,
      created_at text not null,
      status text not null,
      ask text not null,
      counts text not null,
      law text,
      made_before text not null,
      after_at text,
      after_id text,
      faults integer not null,
      started_at text,
      finished_at text,
      available_at text not null,
      lease text,
      leased_until text,
      expires_at text
    )`,
    `create index rejudgements_newest on rejudgements (tenant, created_at, id)`,
    `create index rejudgements_open on rejudgements (status, available_at)`,
    `create index rejudgements_expiry on rejudgements (expires_at)`,
    `create unique index rejudgements_one_open on rejudgements (tenant) where status in ('queued', 'running')`,
    `create table rejudged_reports (
      tenant text not null,
      rejudgement_id text not null references rejudgements (id) on delete cascade,
      created_at text not null,
      inspection_id text not null references inspections (id) on delete cascade,
      as_of text not null,
      replaced_by text,
      new_findings integer not null,
      changes text not null,
      constraint rejudged_reports_key primary key (tenant, rejudgement_id, created_at, inspection_id)
    )`,
    `create index rejudged_reports_inspection on rejudged_reports (inspection_id)`,
    `create index rejudged_reports_rejudgement on rejudged_reports (rejudgement_id)`,
    `create table rejudged_laws (
      tenant text primary key,
      law text not null
    )`,
    `create table fingerprints (
      id ${numbered},
      seq bigint not null,
      tenant text not null,
      holder text not null,
      holder_id text not null,
      item text not null,
      kind text not null,
      at text not null,
      expires_at text,
      gone_at text,
      quality integer not null,
      frames integer not null,
      seconds double precision,
      missing text,
      partly text,
      left_of_report text,
      bytes integer not null,
      shelf ${bytes} not null
    )`,
    `create unique index fingerprints_order on fingerprints (seq, bytes)`,
    `create unique index fingerprints_holder on fingerprints (tenant, holder, holder_id, item, kind) where gone_at is null`,
    `create index fingerprints_counts on fingerprints (tenant, bytes) where gone_at is null`,
    `create index fingerprints_expiry on fingerprints (expires_at) where gone_at is null and expires_at is not null`,
    `create index fingerprints_gone on fingerprints (gone_at) where gone_at is not null`,
    `create table fingerprint_queries (
      fingerprint bigint primary key references fingerprints (id) on delete cascade,
      query ${bytes} not null
    )`,
    `create table fingerprint_order (
      one integer primary key,
      last bigint not null,
      floor bigint not null
    )`,
    `create table collections (
      id text primary key,
      tenant text not null,
      created_at text not null,
      changed_at text not null,
      name text not null,
      finding text,
      watched integer not null,
      items integer not null,
      not_searchable integer not null,
      leaving integer not null
    )`,
    `create index collections_newest on collections (tenant, created_at, id)`,
    `create table collection_items (
      collection text not null references collections (id) on delete cascade,
      id text not null,
      at text not null,
      name text not null,
      note text,
      finding text,
      searchable integer not null,
      constraint collection_items_key primary key (collection, id)
    )`,
    `create table collection_previews (
      collection text not null,
      item text not null,
      content ${bytes} not null,
      constraint collection_previews_key primary key (collection, item),
      constraint collection_previews_item foreign key (collection, item) references collection_items (collection, id) on delete cascade
    )`,
    `create table scan_previews (
      scan bigint not null,
      path_key text not null,
      content ${bytes} not null,
      constraint scan_previews_key primary key (scan, path_key)
    )`,
    `create table scan_manifests (
      scan bigint not null,
      path_key text not null,
      secret_key text not null,
      sealed ${bytes} not null,
      constraint scan_manifests_key primary key (scan, path_key)
    )`,
    `create index scan_manifests_key_of on scan_manifests (secret_key)`,
    `create table match_watch (
      one integer primary key,
      position bigint not null,
      items_position bigint not null default 0
    )`,
    `create table log_trees (
      tenant text primary key,
      size bigint not null,
      peaks ${bytes} not null,
      headed bigint not null,
      pruned bigint not null,
      origin text,
      numbers_from bigint not null
    )`,
    `create table log_leaves (
      tenant text not null,
      at_index bigint not null,
      hash ${bytes} not null,
      leaf text,
      subject text,
      at text not null,
      asked integer not null,
      constraint log_leaves_key primary key (tenant, at_index)
    )`,
    `create index log_leaves_subject on log_leaves (tenant, subject, at_index) where subject is not null`,
    `create table log_persons (
      tenant text not null,
      at_index bigint not null,
      at text not null,
      salt text not null,
      who text not null,
      key_id text,
      constraint log_persons_key primary key (tenant, at_index)
    )`,
    `create index log_persons_age on log_persons (at)`,
    `create table log_tiles (
      tenant text not null,
      level integer not null,
      at_index bigint not null,
      hashes ${bytes} not null,
      root ${bytes} not null,
      constraint log_tiles_key primary key (tenant, level, at_index)
    )`,
    `create table log_heads (
      tenant text not null,
      size bigint not null,
      at text not null,
      checkpoint text not null,
      constraint log_heads_key primary key (tenant, size)
    )`,
    `create table log_waiting (
      number ${numbered},
      tenant text not null,
      event text not null
    )`,
    `create index log_waiting_tenant on log_waiting (tenant, number)`,
    `create table log_writers (
      id text primary key,
      seen_at text not null
    )`,
    `create table cases (
      id text primary key,
      tenant text not null,
      ref text not null,
      name text not null,
      created_at text not null,
      created_by text,
      changed_at text not null,
      closed_at text,
      closed_by text,
      by_word integer not null,
      former integer not null
    )`,
    `create unique index cases_ref on cases (tenant, ref)`,
    `create index cases_newest on cases (tenant, created_at, id)`,
    `create table case_items (
      id text primary key,
      case_id text not null references cases (id) on delete cascade,
      tenant text not null,
      kind text not null,
      created_at text not null,
      at text not null,
      "by" text,
      content text,
      inspection text,
      other text,
      removed_at text,
      removed_by text,
      gone_at text,
      gone_how text
    )`,
    `create index case_items_newest on case_items (case_id, created_at, id)`,
    `create index case_items_inspection on case_items (tenant, inspection) where inspection is not null and content is not null`,
    `create index case_items_other on case_items (tenant, other) where other is not null and content is not null`,
    `create table inspection_exchanges (
      inspection_id text primary key references inspections (id) on delete cascade,
      tenant text not null,
      served text not null,
      page_url text,
      sha256 text not null,
      sealed_at text,
      warc ${bytes} not null
    )`,
    `create index inspection_exchanges_sealed on inspection_exchanges (sealed_at)`,
    `create table fetched_pages (
      tenant text not null,
      key text not null,
      asked_key text not null,
      at text not null,
      expires_at text not null,
      url text not null,
      media text not null,
      bytes integer not null,
      warc ${bytes} not null,
      constraint fetched_pages_key primary key (tenant, key)
    )`,
    `create index fetched_pages_asked on fetched_pages (tenant, asked_key)`,
    `create index fetched_pages_expiry on fetched_pages (expires_at)`,
    'insert into fingerprint_order (one, last, floor) values (1, 0, 0)',
    'insert into match_watch (one, position, items_position) values (1, 0, 0)',
  ];
}

export async function up(query: Kysely<never>, dialect: DatabaseDialect): Promise<void> {
  for (const text of statements(dialect)) await sql.raw(text).execute(query);
}

const DIGEST_CHARACTERS = 8;

/**
 * Name under which the baseline is recorded as applied. It changes with the statements, so that a database of an earlier
 * baseline is recognised.
 */
export const BASELINE_NAME = `0001-baseline-${createHash('sha256')
  .update(JSON.stringify((['sqlite', 'postgres'] as const).map(statements)))
  .digest('hex')
  .slice(0, DIGEST_CHARACTERS)}`;
