import type { BusMessage } from '../../../ports/bus.ts';
import type { RedisLink } from '../../redis/redis-link.ts';
import { fieldsOf, messageText } from './entries.ts';

export interface WriterDeps {
  readonly link: RedisLink;
  readonly stream: string;
  readonly sender: string;
  readonly monotonicMs: () => number;
  readonly afterTurn: (run: () => void) => void;
  /** Told once of a trouble, until something was sent again. */
  readonly onTrouble: (error: unknown) => void;
}

/** Puts what this process publishes into the stream, in order, whatever becomes of the connection meanwhile. */
export interface Writer {
  readonly sent: number;
  readonly dropped: number;
  publish(message: BusMessage): void;
  /** A sign of life, where nothing else is on its way. */
  beat(): void;
  /** The connection is there again. */
  goOn(): void;
  /** Sends what waits and says goodbye. Resolves when that is done, or has failed. */
  end(): Promise<void>;
}

/** Older messages are not worth sending: by then everybody looks into the store. */
const maxAgeMs = 5_000;
const maxWaitingChars = 8_000_000;
const maxEntryTexts = 500;
const maxEntryChars = 500_000;
/** About this many entries stay in the stream: who falls behind further looks into the store. */
const keptEntries = 10_000;

interface Waiting {
  readonly text: string;
  readonly atMs: number;
}

/** One entry is on its way at a time; what is published meanwhile goes with the next. */
export function createWriter(deps: WriterDeps): Writer {
  const { link, stream, sender, monotonicMs, afterTurn } = deps;
  let waiting: Waiting[] = [];
  let waitingChars = 0;
  /** What may have been written, or not: it is sent again under its number. */
  let inDoubt: readonly Waiting[] | undefined;
  let number = 1;
  let sent = 0;
  let dropped = 0;
  let pumping: Promise<void> | undefined;
  let isPlanned = false;
  let wantsBeat = false;
  let isTroubled = false;

  /** A number is skipped, by which all others notice; what is in doubt may have arrived under its own. */
  const dropAll = (): void => {
    dropped += waiting.length + (inDoubt?.length ?? 0);
    number += inDoubt ? 2 : 1;
    waiting = [];
    waitingChars = 0;
    inDoubt = undefined;
  };

  const dropOld = (): void => {
    const oldest = inDoubt?.[0] ?? waiting[0];
    const isOld = oldest !== undefined && monotonicMs() - oldest.atMs > maxAgeMs;
    if (isOld || waitingChars > maxWaitingChars) dropAll();
  };

  const nextTexts = (): readonly Waiting[] => {
    let chars = 0;
    let count = 0;
    while (count < waiting.length && count < maxEntryTexts && chars < maxEntryChars) {
      chars += waiting[count]?.text.length ?? 0;
      count += 1;
    }
    waitingChars -= chars;
    return waiting.splice(0, count);
  };

  const send = async (batch: readonly Waiting[], isLast = false): Promise<void> => {
    inDoubt = batch;
    const texts = batch.map(({ text }) => text);
    const fields = fieldsOf({ sender, number, texts, isLast });
    const TRIM = { strategy: 'MAXLEN', strategyModifier: '~', threshold: keptEntries } as const;
    await link.ask((client) => client.xAdd(stream, '*', fields, { TRIM }));
    // What was dropped while it was on its way is counted already.
    if (inDoubt !== batch) return;
    inDoubt = undefined;
    number += 1;
    sent += batch.length;
  };

  const pump = async (): Promise<void> => {
    isPlanned = false;
    while (link.isUp && (inDoubt || waiting.length > 0 || wantsBeat)) {
      dropOld();
      wantsBeat = false;
      try {
        await send(inDoubt ?? nextTexts());
        isTroubled = false;
      } catch (error) {
        // The link is made anew, or the next beat tries again.
        if (!isTroubled) deps.onTrouble(error);
        isTroubled = true;
        return;
      }
    }
  };

  const plan = (): void => {
    if (isPlanned || pumping || !link.isUp) return;
    isPlanned = true;
    afterTurn(start);
  };

  const start = (): void => {
    pumping ??= pump().finally(() => {
      pumping = undefined;
    });
  };

  return {
    get sent() {
      return sent;
    },
    get dropped() {
      return dropped;
    },
    publish(message) {
      const text = messageText(message);
      waiting.push({ text, atMs: monotonicMs() });
      waitingChars += text.length;
      if (!link.isUp) dropOld();
      plan();
    },
    beat() {
      dropOld();
      wantsBeat = true;
      plan();
    },
    goOn: plan,
    async end() {
      await pumping;
      await pump();
      if (link.isUp) await send([], true).catch(() => {});
    },
  };
}
