import { firstSchema } from './first-schema.ts';
import { pushAndSettingsSchema } from './pushes.ts';
import { tripsSchema } from './trips.ts';

/**
 * The schema, one step per version of `PRAGMA user_version`. A step that has been released is never edited:
 * a change is a new step at the end.
 */
export const migrations: readonly string[] = [
  firstSchema,
  `
  CREATE TABLE bases (
    scope TEXT PRIMARY KEY,
    generation INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    hash TEXT NOT NULL,
    at_ms INTEGER NOT NULL,
    fold_version INTEGER NOT NULL,
    bytes BLOB NOT NULL
  ) STRICT;

  CREATE TABLE leases (
    scope TEXT NOT NULL,
    seq INTEGER NOT NULL,
    until_ms INTEGER NOT NULL,
    PRIMARY KEY (scope, seq)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE generations (
    scope TEXT NOT NULL,
    generation INTEGER NOT NULL,
    forked_at_seq INTEGER NOT NULL,
    hash TEXT NOT NULL,
    at_ms INTEGER NOT NULL,
    minted_at_ms INTEGER NOT NULL,
    rejoin INTEGER NOT NULL,
    PRIMARY KEY (scope, generation)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE cut_commits (
    scope TEXT NOT NULL,
    cut_by INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    count INTEGER NOT NULL,
    generation INTEGER NOT NULL,
    at_ms INTEGER NOT NULL,
    hash TEXT NOT NULL,
    runs TEXT NOT NULL,
    PRIMARY KEY (scope, cut_by, seq)
  ) STRICT;

  CREATE TABLE archives (
    scope TEXT PRIMARY KEY,
    filled_to INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE archived_messages (
    scope TEXT NOT NULL,
    seq INTEGER NOT NULL,
    message_id TEXT NOT NULL,
    author_id TEXT NOT NULL,
    text TEXT NOT NULL,
    sent_at_ms INTEGER NOT NULL,
    stamp TEXT NOT NULL,
    PRIMARY KEY (scope, seq),
    UNIQUE (scope, message_id)
  ) STRICT;

  CREATE TABLE archived_edits (
    scope TEXT NOT NULL,
    message_id TEXT NOT NULL,
    seq INTEGER NOT NULL,
    text TEXT NOT NULL,
    stamp TEXT NOT NULL,
    edited_at_ms INTEGER NOT NULL,
    PRIMARY KEY (scope, message_id, seq)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX archived_edits_by_seq ON archived_edits (scope, seq);
  `,
  `
  ALTER TABLE users ADD COLUMN email_verified_at_ms INTEGER;

  ALTER TABLE families ADD COLUMN user_id TEXT;
  ALTER TABLE families ADD COLUMN device TEXT NOT NULL DEFAULT '';
  ALTER TABLE families ADD COLUMN created_at_ms INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE families ADD COLUMN last_used_at_ms INTEGER NOT NULL DEFAULT 0;
  UPDATE families SET
    user_id = (SELECT user_id FROM refresh_tokens WHERE refresh_tokens.family_id = families.family_id LIMIT 1),
    last_used_at_ms = COALESCE(
      (SELECT MAX(used_at_ms) FROM refresh_tokens WHERE refresh_tokens.family_id = families.family_id), 0);
  CREATE INDEX families_by_user ON families (user_id);

  CREATE TABLE one_time_tokens (
    token_hash TEXT PRIMARY KEY,
    purpose TEXT NOT NULL,
    user_id TEXT NOT NULL,
    email TEXT NOT NULL,
    expires_at_ms INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX one_time_tokens_by_user ON one_time_tokens (user_id, purpose);
  CREATE INDEX one_time_tokens_by_expiry ON one_time_tokens (expires_at_ms);

  CREATE INDEX sites_by_secret ON sites (secret_hash);
  CREATE INDEX groups_by_site ON groups (site_id, group_id) WHERE deleted = 0;

  CREATE TABLE invitation_uses (
    code TEXT NOT NULL,
    user_id TEXT NOT NULL,
    PRIMARY KEY (code, user_id)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE takedowns (
    file_id TEXT PRIMARY KEY,
    at_ms INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE reports (
    report_id TEXT PRIMARY KEY,
    site_id TEXT NOT NULL,
    group_id TEXT NOT NULL,
    member_id TEXT NOT NULL,
    reporter_id TEXT NOT NULL,
    reason TEXT NOT NULL,
    at_ms INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX reports_by_site ON reports (site_id, at_ms);

  CREATE TABLE audit (
    id INTEGER PRIMARY KEY,
    at_ms INTEGER NOT NULL,
    site_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    actor_id TEXT,
    subject_id TEXT
  ) STRICT;
  CREATE INDEX audit_by_site ON audit (site_id, at_ms);
  CREATE INDEX audit_by_time ON audit (at_ms);
  `,
  `
  ALTER TABLE users ADD COLUMN erasing_since_ms INTEGER;
  ALTER TABLE users ADD COLUMN erase_files INTEGER NOT NULL DEFAULT 0;
  CREATE INDEX users_erasing ON users (erasing_since_ms) WHERE erasing_since_ms IS NOT NULL;

  CREATE TABLE stays (
    user_id TEXT NOT NULL,
    group_id TEXT NOT NULL,
    PRIMARY KEY (user_id, group_id)
  ) STRICT, WITHOUT ROWID;
  INSERT INTO stays (user_id, group_id) SELECT user_id, group_id FROM memberships;
  INSERT OR IGNORE INTO stays (user_id, group_id)
    SELECT DISTINCT author_id, substr(scope, 3) FROM archived_messages WHERE scope LIKE 'g:%';

  CREATE INDEX files_by_uploader ON files (uploaded_by);
  `,
  `
  ALTER TABLE sites ADD COLUMN previous_hash TEXT;
  ALTER TABLE sites ADD COLUMN owner_id TEXT;
  ALTER TABLE sites ADD COLUMN settings TEXT NOT NULL DEFAULT '{}';
  CREATE INDEX sites_by_previous ON sites (previous_hash) WHERE previous_hash IS NOT NULL;
  CREATE INDEX sites_by_owner ON sites (owner_id, created_at_ms) WHERE owner_id IS NOT NULL;

  CREATE TABLE webhook_events (
    event_id TEXT PRIMARY KEY,
    site_id TEXT NOT NULL,
    type TEXT NOT NULL,
    at_ms INTEGER NOT NULL,
    data TEXT NOT NULL,
    state TEXT NOT NULL,
    attempts INTEGER NOT NULL,
    next_at_ms INTEGER NOT NULL,
    problem TEXT,
    tried_at_ms INTEGER
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX webhook_events_waiting ON webhook_events (site_id, next_at_ms) WHERE state = 'waiting';
  CREATE INDEX webhook_events_by_time ON webhook_events (at_ms, event_id);
  CREATE INDEX webhook_events_by_site ON webhook_events (site_id, at_ms, event_id);

  CREATE TABLE webhook_marks (
    scope TEXT PRIMARY KEY,
    generation INTEGER NOT NULL,
    seq INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE idempotency (
    site_id TEXT NOT NULL,
    key TEXT NOT NULL,
    fingerprint TEXT NOT NULL,
    begun_at_ms INTEGER NOT NULL,
    expires_at_ms INTEGER NOT NULL,
    status INTEGER,
    body TEXT,
    PRIMARY KEY (site_id, key)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX idempotency_by_expiry ON idempotency (expires_at_ms);

  CREATE TABLE site_days (
    site_id TEXT NOT NULL,
    day TEXT NOT NULL,
    ops INTEGER NOT NULL,
    PRIMARY KEY (site_id, day)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX memberships_by_site ON memberships (site_id);
  `,
  pushAndSettingsSchema,
  `
  ALTER TABLE audit ADD COLUMN once_id TEXT;
  CREATE UNIQUE INDEX audit_once ON audit (once_id) WHERE once_id IS NOT NULL;
  `,
  tripsSchema,
];
