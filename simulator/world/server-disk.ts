import type { ErrorCode } from '../../sdk/protocol/errors.ts';
import type { Scope } from '../../sdk/protocol/ids.ts';
import type { Commit } from '../../sdk/protocol/wire.ts';
import type {
  GroupRecord,
  LogHead,
  MembershipRecord,
  StoredSnapshot,
} from '../../server/ports/store.ts';

export interface RememberedRefusal {
  readonly code: ErrorCode;
  readonly message: string;
  readonly expiresAtMs: number;
}

/** One scope's log, and what is needed to look things up in it. */
export class DiskLog {
  readonly commits: Commit[] = [];
  /** Last seq of a commit → its place in `commits`. */
  readonly ends: Map<number, number> = new Map();

  #last: Commit | undefined;

  get head(): LogHead | undefined {
    if (!this.#last) return undefined;
    const { generation, seq, count, hash, atMs } = this.#last;
    const end = seq + count - 1;
    return { generation, seq: end, hash, atMs, firstSeq: this.commits[0]?.seq ?? end + 1 };
  }

  endingAt(seq: number): Commit | undefined {
    const place = this.ends.get(seq);
    return place === undefined ? undefined : this.commits[place];
  }

  /** The place of the first commit that begins after `seq`. */
  placeAfter(seq: number): number {
    const known = this.ends.get(seq);
    if (known !== undefined) return known + 1;
    let place = this.commits.length;
    while (place > 0 && (this.commits[place - 1]?.seq ?? 0) > seq) place -= 1;
    return place;
  }

  trim(seq: number): void {
    const kept = this.commits.filter((commit) => commit.seq + commit.count - 1 > seq);
    this.commits.splice(0, this.commits.length, ...kept);
    this.ends.clear();
    for (const [place, { seq: first, count }] of kept.entries()) {
      this.ends.set(first + count - 1, place);
    }
  }

  add(commit: Commit): void {
    this.#last = commit;
    this.commits.push(commit);
    this.ends.set(commit.seq + commit.count - 1, this.commits.length - 1);
  }
}

/** What is durable: it outlives every server process. Whoever watches sees each commit as it becomes so. */
export class ServerDisk {
  readonly logs: Map<Scope, DiskLog> = new Map();
  readonly snapshots: Map<Scope, StoredSnapshot> = new Map();
  /** `<scope> <replica> <number>` → refusal. */
  readonly refusals: Map<string, RememberedRefusal> = new Map();
  readonly groups: Map<string, GroupRecord> = new Map();
  /** `<user> <group>` → membership. */
  readonly memberships: Map<string, MembershipRecord> = new Map();
  readonly meta: Map<string, string> = new Map();
  /** Called when a commit has just become durable. */
  onCommit: ((scope: Scope, commit: Commit) => void) | undefined;

  log(scope: Scope): DiskLog {
    let log = this.logs.get(scope);
    if (!log) {
      log = new DiskLog();
      this.logs.set(scope, log);
    }
    return log;
  }

  append(scope: Scope, commit: Commit): void {
    this.log(scope).add(commit);
    this.onCommit?.(scope, commit);
  }
}
