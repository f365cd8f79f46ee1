import type { ErrorCode } from '../../sdk/protocol/errors.ts';
import type { Scope } from '../../sdk/protocol/ids.ts';
import type { Commit } from '../../sdk/protocol/wire.ts';
import type {
  Generation,
  GroupRecord,
  LogHead,
  MembershipRecord,
  MessageEdit,
  SentMessage,
  StoredSnapshot,
} from '../../server/ports/store.ts';

export interface RememberedRefusal {
  readonly code: ErrorCode;
  readonly message: string;
  readonly expiresAtMs: number;
}

const ofTables = /^(members|group|log)\./;

/** One scope's log, and what is needed to look things up in it. */
export class DiskLog {
  readonly commits: Commit[] = [];
  /** Last seq of a commit → its place in `commits`. */
  readonly ends: Map<number, number> = new Map();

  readonly generations: Generation[] = [];
  /** Generation → what its beginning cut out. */
  readonly cuts: Map<number, readonly Commit[]> = new Map();
  /** Leased place → until when, by the server's clock. */
  readonly leases: Map<number, number> = new Map();
  #last: Commit | undefined;

  get head(): LogHead | undefined {
    if (!this.#last) return this.#forkedHead();
    const { generation, seq, count, hash, atMs } = this.#last;
    const end = seq + count - 1;
    return { generation, seq: end, hash, atMs, firstSeq: this.commits[0]?.seq ?? end + 1 };
  }

  /** The head right after a winding back, until the first commit of the new generation. */
  #forkedHead(): LogHead | undefined {
    const fork = this.generations.at(-1);
    if (!fork) return undefined;
    const { generation, forkedAtSeq: seq, hash, atMs } = fork;
    return { generation, seq, hash, atMs, firstSeq: this.commits[0]?.seq ?? seq + 1 };
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

  /** Goes back to where `fork` says; what comes behind it is cut out. */
  windBack(fork: Generation): void {
    const from = this.placeAfter(fork.forkedAtSeq);
    this.cuts.set(fork.generation, this.commits.slice(from));
    this.commits.splice(from);
    for (const [end] of this.ends) if (end > fork.forkedAtSeq) this.ends.delete(end);
    this.generations.push(fork);
    this.#last = undefined;
  }

  /** Somebody has put an older copy of the store in its place: the log ends with what is left. */
  restoreEnd(): void {
    this.#last = this.commits.at(-1);
    this.ends.clear();
    for (const [place, { seq, count }] of this.commits.entries()) {
      this.ends.set(seq + count - 1, place);
    }
  }

  /**
   * How far an older copy would reach: to the last commit up to a time, but not before what the copy's other tables
   * say, since only logs are put back here: who is a member, and which generation it is.
   */
  endBefore(toMs: number): number {
    let end = (this.commits[0]?.seq ?? 1) - 1;
    for (const { seq, count, atMs, runs } of this.commits) {
      const isOfMembers = runs.some(({ ops }) => ops.some(([, , , , type]) => ofTables.test(type)));
      if (atMs <= toMs || isOfMembers) end = seq + count - 1;
    }
    return Math.max(end, this.generations.at(-1)?.forkedAtSeq ?? 0);
  }

  add(commit: Commit): void {
    this.#last = commit;
    this.commits.push(commit);
    this.ends.set(commit.seq + commit.count - 1, this.commits.length - 1);
  }
}

/** Messages of one scope that its state no longer holds. */
export interface DiskArchive {
  filledTo: number;
  sent: SentMessage[];
  edits: MessageEdit[];
}

/** What is durable: it outlives every server process. Whoever watches sees each commit as it becomes so. */
export class ServerDisk {
  readonly logs: Map<Scope, DiskLog> = new Map();
  readonly snapshots: Map<Scope, StoredSnapshot> = new Map();
  /** Snapshots that end where the kept logs begin. */
  readonly bases: Map<Scope, StoredSnapshot> = new Map();
  readonly archives: Map<Scope, DiskArchive> = new Map();
  /** `<scope> <replica> <number>` → refusal. */
  readonly refusals: Map<string, RememberedRefusal> = new Map();
  readonly groups: Map<string, GroupRecord> = new Map();
  /** `<user> <group>` → membership. */
  readonly memberships: Map<string, MembershipRecord> = new Map();
  readonly meta: Map<string, string> = new Map();
  /** Called when a commit has just become durable. */
  onCommit: ((scope: Scope, commit: Commit) => void) | undefined;
  /** Called when a log has just gone back. */
  onWindBack: ((scope: Scope, fork: Generation) => void) | undefined;
  /** Called when an older copy has just taken the place of a log. */
  onPutBack: ((scope: Scope, seq: number) => void) | undefined;

  log(scope: Scope): DiskLog {
    let log = this.logs.get(scope);
    if (!log) {
      log = new DiskLog();
      this.logs.set(scope, log);
    }
    return log;
  }

  /** A log goes back, and what was derived from beyond with it. */
  windBack(scope: Scope, fork: Generation): void {
    this.log(scope).windBack(fork);
    this.#dropBehind(scope, fork.forkedAtSeq);
    this.onWindBack?.(scope, fork);
  }

  /** Older copies of all logs take their place, and nobody is told. */
  putBack(toMs: number): void {
    for (const [scope, log] of this.logs) {
      const { head } = log;
      const seq = log.endBefore(toMs);
      if (!head || seq >= head.seq) continue;
      log.commits.splice(log.placeAfter(seq));
      log.restoreEnd();
      this.#dropBehind(scope, seq);
      this.onPutBack?.(scope, seq);
    }
  }

  #dropBehind(scope: Scope, forkedAtSeq: number): void {
    for (const kept of [this.snapshots, this.bases]) {
      if ((kept.get(scope)?.cursor[1] ?? 0) > forkedAtSeq) kept.delete(scope);
    }
    const archive = this.archives.get(scope);
    if (archive) {
      archive.filledTo = Math.min(archive.filledTo, forkedAtSeq);
      archive.sent = archive.sent.filter(({ seq }) => seq <= forkedAtSeq);
      archive.edits = archive.edits.filter(({ seq }) => seq <= forkedAtSeq);
    }
  }

  append(scope: Scope, commit: Commit): void {
    this.log(scope).add(commit);
    this.onCommit?.(scope, commit);
  }
}
