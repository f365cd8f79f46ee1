import { LeaderWatch } from './leader-watch.ts';
import type { Campaign, LeadDeps } from './tab-lead.ts';

/** Tabs that want the lead at the same moment hear each other within this. */
const claimMs = 100;

/**
 * One leader by messages, for browsers without Web Locks, as on plain http. Whoever gets no answer claims the lead
 * and takes it where nobody with a better claim answers within a moment; of two that lead after all, as when one was
 * frozen, the one who began last goes on. Messages may be lost or late: what a wrong leader would write, the journal
 * refuses by its term.
 */
export function channelLead(deps: LeadDeps): Campaign {
  const { tabs, scheduler } = deps;
  return ({ won, lost }) => {
    const id = scheduler.random();
    /** Rises with each claim, above all that were heard of: the newest leader has the highest. */
    let round = 0;
    let role: 'follows' | 'claims' | 'leads' = 'follows';
    let stopClaim: (() => void) | undefined;

    const tell = (kind: 'claim' | 'alive'): void => tabs.post({ kind, round, id });
    const claim = (): void => {
      if (role !== 'follows') return;
      role = 'claims';
      round += 1;
      tell('claim');
      stopClaim = scheduler.after(claimMs, () => {
        role = 'leads';
        watch.stop();
        won();
        tell('alive');
      });
    };
    const yieldTo = (): void => {
      const led = role === 'leads';
      stopClaim?.();
      role = 'follows';
      if (led) {
        lost();
        watch.robbed();
      }
      watch.start();
    };
    // A hidden tab takes the lead, too: no lock tells it that a leader is gone.
    const watch = new LeaderWatch({ ...deps, isVisible: () => true }, claim);
    const isBetter = (other: { readonly round?: number; readonly id?: number }): boolean => {
      const theirs = other.round ?? 0;
      return theirs > round || (theirs === round && (other.id ?? 0) > id);
    };

    const silence = tabs.listen((message) => {
      switch (message.kind) {
        case 'ask':
          if (role === 'leads') tell('alive');
          break;
        case 'claim':
          if (role === 'leads') tell('alive');
          else if (role === 'claims' && isBetter(message)) yieldTo();
          else if (role === 'claims') tell('claim');
          if (role === 'follows') round = Math.max(round, message.round);
          break;
        case 'alive':
          if (role === 'follows') watch.heard(message.kind);
          else if (role === 'claims' || isBetter(message)) yieldTo();
          else tell('alive');
          round = Math.max(round, message.round ?? 0);
          break;
        default:
          watch.heard(message.kind);
      }
    });
    // The first tab of all leads at once; the others are answered in time.
    claim();

    return () => {
      stopClaim?.();
      watch.stop();
      silence();
      role = 'follows';
    };
  };
}
