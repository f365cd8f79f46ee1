import type { Journal } from '../../sdk/store/journal.ts';
import type { Engine } from '../../sdk/sync/engine.ts';
import type { SyncEngine } from '../../sdk/sync/sync-engine.ts';
import type { Link } from '../../sdk/transport/link.ts';
import type { Phone } from './phone.ts';

/** The parts of a phone that a mutant may put another in the place of. */
export interface PhoneDecorations {
  journal?(journal: Journal, phone: Phone): Journal;
  link?(link: Link, phone: Phone): Link;
  /** The engine has just been opened and not been started. */
  engine?(engine: Engine, phone: Phone): void;
  /** So has the engine of a tab that follows. */
  follower?(engine: SyncEngine, phone: Phone): void;
  token?(ask: () => Promise<string>, reason: 'start' | 'expired'): Promise<string>;
  /** Names the chance that one run draws its ids from. */
  chance?(run: number): string;
}
