/** Ceilings that both sides keep. Beyond one the answer is `too-large` or `invalid`, and nothing changes. */
export const limits = {
  /** JSON text of one op's payload. */
  maxOpBytes: 16_384,
  /** Ops in one push. */
  maxBatchOps: 500,
  /** Socket.IO message and HTTP sync body. */
  maxMessageBytes: 1_000_000,
  /** Pushes one replica may have under way at once, on a link that answers quickly. */
  pushWindow: 16,
  /** Scopes named in one pull or one HTTP sync. */
  maxScopes: 200,
  /** Commits in one pull answer, before the replica is asked to pull again. */
  maxPullCommits: 1_000,
  /** A snapshot travels in pieces of this size. */
  snapshotChunkBytes: 262_144,
  maxNameChars: 120,
  maxTitleChars: 300,
  maxTextChars: 4_000,
  maxUrlChars: 2_000,
  maxTracksPerOp: 100,
  /** Items in one group's playlist. */
  maxPlaylistItems: 20_000,
  /** Messages kept in the folded state; older ones are paged from the archive. */
  recentMessages: 200,
  /** Replicas that one pruning forgets. */
  maxPrunedReplicas: 200,
  /** Plays kept in the folded state. */
  recentPlays: 200,
  /** A stamp this far ahead of the server's clock is refused `clock-ahead`. */
  maxClockAheadMs: 60_000,
  /** One upload. */
  maxFileBytes: 200_000_000,
} as const;
