import type { RedisClient, RedisLink } from '../../redis/redis-link.ts';
import { type Entry, entryOf } from './entries.ts';

export interface ReaderDeps {
  readonly link: RedisLink;
  readonly stream: string;
  /** Called with each entry, in order; must not throw. */
  readonly take: (entry: Entry) => void;
  /** Called after each answer of Redis, also one that brings nothing. */
  readonly heard: () => void;
  /** Entries may have come and gone unseen. */
  readonly missed: () => void;
  readonly onTrouble: (error: unknown) => void;
}

/** Redis answers at least so often, which shows that the link lives. */
const blockMs = 500;
const answerWithinMs = 2_000;
const entriesPerRead = 500;
const beginning = '0-0';

/** Reads the stream from where it ends at first, over whatever connections there are. */
export interface Reader {
  /** Begins, or begins again after a trouble; nothing where it reads. */
  goOn(): void;
  /** Resolves when what is being read is done. */
  end(): Promise<void>;
}

export function createReader(deps: ReaderDeps): Reader {
  const { link, stream, take, heard, missed, onTrouble } = deps;
  let position: string | undefined;
  let closed = false;
  let running: Promise<void> | undefined;

  /** Where to begin, or where to go on: behind what was read, unless the stream is another one by now. */
  const placeIn = async (client: RedisClient): Promise<string> => {
    const newest = await client.xRevRange(stream, '+', '-', { COUNT: 1 });
    const end = newest?.[0]?.id ?? beginning;
    if (position === undefined) return end;
    const oldest = await client.xRange(stream, '-', '+', { COUNT: 1 });
    const first = oldest?.[0]?.id;
    // What was read last is gone: something behind it may be, too.
    if (first === undefined || isBefore(position, first)) missed();
    // Emptied, or on a server whose clock is behind: its ids begin anew.
    return isBefore(end, position) ? beginning : position;
  };

  const readOn = async (): Promise<void> => {
    position = await link.ask(placeIn);
    heard();
    while (!closed) {
      const id: string = position;
      const answer = await link.ask(
        (client) => client.xRead({ key: stream, id }, { COUNT: entriesPerRead, BLOCK: blockMs }),
        answerWithinMs,
      );
      for (const message of messagesIn(answer)) {
        position = message.id;
        const entry = entryOf(message.message);
        if (entry) take(entry);
      }
      heard();
    }
  };

  const start = (): void => {
    if (closed || running || !link.isUp) return;
    running = readOn()
      .catch((error: unknown) => {
        // With the connection gone its own end says so.
        if (link.isUp && !closed) onTrouble(error);
      })
      .finally(() => {
        running = undefined;
      });
  };

  return {
    goOn: start,
    async end() {
      closed = true;
      await running;
    },
  };
}

interface Message {
  readonly id: string;
  readonly message: Readonly<Record<string, string>>;
}

/** Redis answers with a list of streams, of which there is one; with nothing where nothing came. */
function messagesIn(answer: unknown): readonly Message[] {
  if (!Array.isArray(answer)) return [];
  const [stream]: readonly { readonly messages: readonly Message[] }[] = answer;
  return stream?.messages ?? [];
}

/** Ids are `<ms>-<count>`. */
function isBefore(id: string, other: string): boolean {
  const [ms = 0, count = 0] = id.split('-').map(Number);
  const [otherMs = 0, otherCount = 0] = other.split('-').map(Number);
  return ms < otherMs || (ms === otherMs && count < otherCount);
}
