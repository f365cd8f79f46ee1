import { counted } from '../counted.ts';
import type { Tables } from '../tables.ts';

const count = counted('fr');

export const words: Tables['sync-indicator'] = {
  words: {
    synced: 'À jour',
    syncing: 'Synchronisation',
    offline: 'Hors ligne',
    error: 'Problème de synchro',
    connecting: 'Connexion',
    accuracy: (ms) => `±${ms} ms`,
    waiting: (changes) =>
      count(changes, { one: '{} modification en attente', other: '{} modifications en attente' }),
    retryIn: (seconds) => `prochain essai dans ${seconds} s`,
    conflicts: (questions) =>
      count(questions, { one: '{} question pour toi', other: '{} questions pour toi' }),
    setAsideTitle: (changes) =>
      count(changes, {
        one: '{} modification mise de côté',
        other: '{} modifications mises de côté',
      }),
    overtaken: (changes) =>
      count(changes, { one: '{} modification dépassée', other: '{} modifications dépassées' }),
  },
  panel: {
    inSeconds: (seconds) => `Dans ${seconds} s`,
    lastSynced: 'À jour pour la dernière fois',
    never: 'Pas encore',
    justNow: 'À l’instant',
    ago: (figure) => `il y a ${figure}`,
    seconds: (seconds) => `${seconds} s`,
    minutes: (minutes) => `${minutes} min`,
    hours: (hours) => `${hours} h`,
    waitingTitle: 'En attente d’envoi',
    nothing: 'Rien',
    nextTry: 'Prochain essai',
    roundTrip: 'Aller-retour',
    clock: 'Cette horloge',
    ms: (ms) => `${ms} ms`,
    ahead: (figure) => `${figure} d’avance`,
    behind: (figure) => `${figure} de retard`,
    unknown: 'Pas encore mesuré',
    syncNow: 'Synchroniser maintenant',
    retry: 'Réessayer',
    discard: 'Abandonner',
    paused: (uploads) =>
      count(uploads, {
        one: '{} envoi est en pause. La modification qui en a besoin l’attend.',
        other: '{} envois sont en pause. Les modifications qui en ont besoin les attendent.',
      }),
    resume: 'Reprendre l’envoi',
    memory: 'Gardé en mémoire seulement : fermer cette page perd ce qui attend.',
    storage: 'Ce navigateur ne garde pas tout quand la page est fermée.',
    did: (opType, what) => done[opType]?.(what) ?? `modification (${opType})`,
  },
  notices: {
    title: (changes) =>
      count(changes, { one: '{} modification dépassée', other: '{} modifications dépassées' }),
    somebody: 'Quelqu’un',
    changedBy: (who, what) => `${who} a modifié « ${what} » en même temps que toi`,
    removedBy: (who, what) => `${who} a retiré « ${what} » pendant que tu le modifiais`,
    yours: (field, mine) => `${field} : chez toi c’était ${mine}`,
    yoursAndTheirs: (field, mine, theirs) =>
      `${field} : maintenant ${theirs}, chez toi c’était ${mine}`,
    empty: 'vide',
    quoted: (value) => `« ${value} »`,
    putBack: 'Remettre le mien',
    dismiss: 'Ignorer',
    fields: {
      name: 'Nom',
      lat: 'Position',
      photoFileId: 'Photo',
      role: 'Rôle',
      'policies.join': 'Qui peut rejoindre',
      'policies.add': 'Qui peut ajouter de la musique',
      'policies.control': 'Qui peut commander la musique',
    },
    values: {
      open: 'tout le monde',
      invited: 'sur invitation',
      everyone: 'tous',
      owners: 'responsables seulement',
      chosen: 'membres choisis',
      owner: 'responsable',
      moderator: 'modération',
      member: 'membre',
    },
  },
};

const done: Readonly<Partial<Record<string, (what: string) => string>>> = {
  'playlist.add': (what) => `ajouter « ${what} »`,
  'playlist.remove': () => 'retirer un titre',
  'playlist.move': () => 'déplacer un titre',
  'playback.set': () => 'commander la musique',
  'messages.send': (what) => `envoyer « ${what} »`,
  'messages.edit': (what) => `modifier « ${what} »`,
  'places.save': (what) => `enregistrer le lieu « ${what} »`,
  'places.update': () => 'modifier un lieu',
  'places.remove': () => 'retirer un lieu',
  'group.update': () => 'modifier le groupe',
  'group.delete': () => 'supprimer le groupe',
  'members.leave': () => 'quitter le groupe',
  'members.remove': () => 'retirer un membre',
  'members.role': () => 'changer un rôle',
  'members.describe': () => 'changer ton nom ici',
  'reactions.set': () => 'noter un titre',
  'invitations.create': () => 'inviter',
  'invitations.revoke': () => 'annuler une invitation',
  'profile.update': () => 'modifier ton profil',
};
