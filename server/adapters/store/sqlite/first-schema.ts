/** The first step of the schema; see `migrations.ts`. */
export const firstSchema = `
  CREATE TABLE commits (
    scope TEXT NOT NULL,
    seq INTEGER NOT NULL,
    count INTEGER NOT NULL,
    generation INTEGER NOT NULL,
    at_ms INTEGER NOT NULL,
    hash TEXT NOT NULL,
    runs TEXT NOT NULL,
    PRIMARY KEY (scope, seq)
  ) STRICT;

  CREATE TABLE heads (
    scope TEXT PRIMARY KEY,
    generation INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    hash TEXT NOT NULL,
    at_ms INTEGER NOT NULL,
    first_seq INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE snapshots (
    scope TEXT PRIMARY KEY,
    generation INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    hash TEXT NOT NULL,
    at_ms INTEGER NOT NULL,
    fold_version INTEGER NOT NULL,
    bytes BLOB NOT NULL
  ) STRICT;

  CREATE TABLE refusals (
    scope TEXT NOT NULL,
    replica_id TEXT NOT NULL,
    number INTEGER NOT NULL,
    code TEXT NOT NULL,
    message TEXT NOT NULL,
    expires_at_ms INTEGER NOT NULL,
    PRIMARY KEY (scope, replica_id, number)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX refusals_by_expiry ON refusals (expires_at_ms);

  CREATE TABLE sites (
    site_id TEXT PRIMARY KEY,
    key TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    policy TEXT NOT NULL,
    origins TEXT NOT NULL,
    secret_hash TEXT,
    sealed_secret TEXT,
    created_at_ms INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE users (
    user_id TEXT PRIMARY KEY,
    site_id TEXT NOT NULL,
    name TEXT NOT NULL,
    guest INTEGER NOT NULL,
    email TEXT,
    password_hash TEXT,
    external_id TEXT,
    created_at_ms INTEGER NOT NULL,
    UNIQUE (site_id, email),
    UNIQUE (site_id, external_id)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE families (
    family_id TEXT PRIMARY KEY,
    revoked INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE refresh_tokens (
    token_hash TEXT PRIMARY KEY,
    family_id TEXT NOT NULL,
    user_id TEXT NOT NULL,
    expires_at_ms INTEGER NOT NULL,
    used_at_ms INTEGER,
    successor_hash TEXT
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX refresh_tokens_by_family ON refresh_tokens (family_id);
  CREATE INDEX refresh_tokens_by_expiry ON refresh_tokens (expires_at_ms);

  CREATE TABLE groups (
    group_id TEXT PRIMARY KEY,
    site_id TEXT NOT NULL,
    name TEXT NOT NULL,
    member_count INTEGER NOT NULL,
    policies TEXT NOT NULL,
    deleted INTEGER NOT NULL,
    place TEXT,
    UNIQUE (site_id, place)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE memberships (
    user_id TEXT NOT NULL,
    group_id TEXT NOT NULL,
    site_id TEXT NOT NULL,
    role TEXT NOT NULL,
    PRIMARY KEY (user_id, group_id)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE invitations (
    code TEXT PRIMARY KEY,
    group_id TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE files (
    file_id TEXT PRIMARY KEY,
    group_id TEXT NOT NULL,
    uploaded_by TEXT NOT NULL,
    bytes_key TEXT NOT NULL,
    name TEXT NOT NULL,
    media_type TEXT NOT NULL,
    bytes INTEGER NOT NULL,
    sha256 TEXT NOT NULL,
    title TEXT NOT NULL,
    artist TEXT,
    duration_ms REAL,
    artwork_key TEXT,
    artwork_media_type TEXT,
    peaks BLOB,
    created_at_ms INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX files_by_sha256 ON files (group_id, sha256);

  CREATE TABLE meta (
    key TEXT PRIMARY KEY,
    value TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;
`;
