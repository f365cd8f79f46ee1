import { counted } from '../counted.ts';
import type { Tables } from '../tables.ts';

const count = counted('fr');
const share = new Intl.NumberFormat('fr', { style: 'percent', maximumFractionDigits: 1 });

export const words: Tables['sync-inspector'] = {
  words: {
    title: 'Inspecteur de synchro',
    states: {
      SYNCED: 'À jour',
      SYNCING: 'Synchronisation',
      OFFLINE: 'Hors ligne',
      ERROR: 'Problème',
    },
    leads: (term) => `cet onglet mène, mandat ${term}`,
    follows: 'un autre onglet mène',
    nobody: 'Connecte-toi pour regarder dedans.',
    failed: 'L’inspecteur n’a pas pu être chargé. Il viendra avec le réseau.',
    timeline: 'États',
    lately: (seconds) => `les ${seconds} dernières s`,
    transitions: (changes) =>
      count(changes, { one: '{} changement d’état', other: '{} changements d’état' }),
    figures: 'Chiffres',
    figure: {
      clock: 'Écart de cette horloge',
      roundTrip: 'Aller-retour',
      success: 'Ops réussies',
      retries: 'Essais par op',
      cache: 'Répondu par le cache',
      latency: 'Du lien à la mise à jour',
      conflicts: 'Ops en conflit',
      storage: 'Gardé',
    },
    unknown: '—',
    ms: (ms) => `${ms} ms`,
    seconds: (seconds) => `${seconds} s`,
    percent: (part) => share.format(part),
    logs: 'Journaux',
    outbox: (changes) =>
      changes === 0
        ? 'Départ'
        : count(changes, { one: 'Départ : {} modification', other: 'Départ : {} modifications' }),
    setAside: (changes) =>
      count(changes, {
        one: 'Mise de côté : {} modification',
        other: 'Mises de côté : {} modifications',
      }),
    nothingWaits: 'Rien n’attend.',
    more: (others) => count(others, { one: 'et {} autre', other: 'et {} autres' }),
    columns: {
      log: 'Journal',
      here: 'Ici',
      head: 'Tête',
      waiting: 'Attend',
      change: 'Modification',
      kind: 'Genre',
      age: 'Âge',
      stage: 'Étape',
      tries: 'Essais',
      priority: 'Priorité',
      needs: 'Dépend de',
    },
    faults: 'Fais échouer',
    switches: {
      offline: 'Pas de réseau',
      silence: 'Serveur muet',
      captivePortal: 'Portail captif',
      serverError: 'Le serveur échoue',
      tokenExpired: 'Connexion expirée',
    },
    latency: 'Délai',
    loss: 'Perte',
    clock: 'Cette horloge',
    none: 'rien',
    clockChoice: {
      '-31536000000': 'un an de retard',
      '-3600000': 'une heure de retard',
      '0': 'à l’heure',
      '3600000': 'une heure d’avance',
      '31536000000': 'un an d’avance',
    },
    endFaults: 'Arrêter toutes les pannes',
  },
};
