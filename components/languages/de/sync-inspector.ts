import { counted } from '../counted.ts';
import type { Tables } from '../tables.ts';

const count = counted('de');
const share = new Intl.NumberFormat('de', { style: 'percent', maximumFractionDigits: 1 });

export const words: Tables['sync-inspector'] = {
  words: {
    title: 'Sync-Inspektor',
    states: {
      SYNCED: 'Synchron',
      SYNCING: 'Synchronisiert',
      OFFLINE: 'Offline',
      ERROR: 'Problem',
    },
    leads: (term) => `dieser Tab führt, Amtszeit ${term}`,
    follows: 'ein anderer Tab führt',
    nobody: 'Melde dich an, um hineinzusehen.',
    failed: 'Der Inspektor konnte nicht geladen werden. Er kommt mit dem Netz.',
    timeline: 'Zustände',
    lately: (seconds) => `die letzten ${seconds} s`,
    transitions: (changes) =>
      count(changes, { one: '{} Zustandswechsel', other: '{} Zustandswechsel' }),
    figures: 'Zahlen',
    figure: {
      clock: 'Diese Uhr geht falsch um',
      roundTrip: 'Hin und zurück',
      success: 'Ops, die gelingen',
      retries: 'Versuche je Op',
      cache: 'Aus dem Cache beantwortet',
      latency: 'Vom Link bis synchron',
      conflicts: 'Ops im Konflikt',
      storage: 'Aufbewahrt',
    },
    unknown: '—',
    ms: (ms) => `${ms} ms`,
    seconds: (seconds) => `${seconds} s`,
    percent: (part) => share.format(part),
    logs: 'Logs',
    outbox: (changes) =>
      changes === 0
        ? 'Ausgang'
        : count(changes, { one: 'Ausgang: {} Änderung', other: 'Ausgang: {} Änderungen' }),
    setAside: (changes) =>
      count(changes, {
        one: 'Zurückgestellt: {} Änderung',
        other: 'Zurückgestellt: {} Änderungen',
      }),
    nothingWaits: 'Nichts wartet.',
    more: (others) => count(others, { other: 'und {} weitere' }),
    columns: {
      log: 'Log',
      here: 'Hier',
      head: 'Kopf',
      waiting: 'Wartet',
      change: 'Änderung',
      kind: 'Art',
      age: 'Alter',
      stage: 'Stufe',
      tries: 'Versuche',
      priority: 'Vorrang',
      needs: 'Braucht',
    },
    faults: 'Lass es scheitern',
    switches: {
      offline: 'Kein Netz',
      silence: 'Server schweigt',
      captivePortal: 'Anmeldeseite im Netz',
      serverError: 'Server scheitert',
      tokenExpired: 'Anmeldung abgelaufen',
    },
    latency: 'Verzögerung',
    loss: 'Verlust',
    clock: 'Diese Uhr',
    none: 'keine',
    clockChoice: {
      '-31536000000': 'ein Jahr zurück',
      '-3600000': 'eine Stunde zurück',
      '0': 'richtig',
      '3600000': 'eine Stunde voraus',
      '31536000000': 'ein Jahr voraus',
    },
    endFaults: 'Alle Störungen beenden',
  },
};
