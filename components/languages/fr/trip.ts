import { counted } from '../counted.ts';
import type { Tables } from '../tables.ts';

const count = counted('fr');

export const words: Tables['trip'] = {
  words: {
    play: 'Lire le trajet',
    pause: 'Pause',
    speed: 'Vitesse',
    times: (speed) => `${speed}×`,
    timeline: 'Temps du trajet',
    timelineValue: (time, song) => (song ? `${time}, ${song}` : time),
    earlier: 'Au moment précédent',
    later: 'Au moment suivant',
    whom: 'Qui suivre',
    everybody: 'Tout le monde',
    moments: 'En chemin',
    noMoments: 'Ni titre ni message pendant ce trajet.',
    song: 'Titre',
    message: 'Message',
    like: 'J’aime',
    liked: (name, title) => `${name} a aimé « ${title} »`,
    somebody: 'Quelqu’un',
    noSignal: 'Pas de réseau',
    unseen: (people) =>
      count(people, {
        one: '{} autre personne était là et n’est pas montrée',
        other: '{} autres personnes étaient là et ne sont pas montrées',
      }),
    incomplete: 'Une partie du chemin n’a pas été enregistrée',
    thinned: (seconds) => `Un point toutes les ${seconds} s`,
    nothingTitle: 'Rien n’a été enregistré alors',
    nothingText: 'Pendant ce temps, personne n’a partagé sa position et rien n’a été écouté.',
    nobodyTitle: 'Personne n’est encore montré',
    nobodyText: (people) =>
      count(people, {
        one: '{} personne était là et n’a pas accepté d’être montrée.',
        other: '{} personnes étaient là et n’ont pas accepté d’être montrées.',
      }),
    expiredTitle: 'Ce trajet n’est plus partagé',
    expiredText:
      'Son lien a expiré ou a été désactivé. Demandes-en un nouveau à qui te l’a envoyé.',
    offline: (time) => `Hors ligne. Tel que chargé à ${time}.`,
    share: 'Partager ce trajet',
    questions: (open) =>
      count(open, { one: '{} question pour toi', other: '{} questions pour toi' }),
  },
  share: {
    title: 'Partager ce trajet',
    text: 'Un lien le montre à qui en a l’adresse, jusqu’à son expiration. On demande à chaque personne présente : seules celles qui disent oui y figurent.',
    name: 'Titre',
    expiry: 'Le lien reste valable',
    day: '1 jour',
    week: '1 semaine',
    month: '30 jours',
    make: 'Créer un lien',
    links: 'Liens de ce groupe',
    linkTo: (title) => `Lien vers ${title}`,
    sharedBy: (name) => `Partagé par ${name}`,
    expires: (when) => `Expire ${when}`,
    copy: 'Copier le lien',
    copied: 'Copié',
    mine: 'Ce lien peut-il te montrer ?',
    yes: 'Oui, montre-moi',
    no: 'Non',
    you: 'Toi',
    left: 'Quelqu’un qui est parti',
    answers: { yes: 'D’accord', no: 'N’y figure pas', 'none yet': 'Pas encore de réponse' },
    end: 'Désactiver ce lien',
  },
};
