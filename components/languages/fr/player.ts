import { counted } from '../counted.ts';
import type { Tables } from '../tables.ts';

const count = counted('fr');

export const words: Tables['player'] = {
  words: {
    player: 'Lecteur',
    play: 'Lire',
    pause: 'Mettre en pause',
    playAgain: 'Lire à nouveau',
    next: 'Titre suivant',
    previous: 'Titre précédent',
    seek: 'Position',
    seekValue: (position, duration) => `${position} sur ${duration}`,
    like: (title, likes) =>
      likes === 0
        ? `J’aime ${title}`
        : `J’aime ${title}, aimé par ${count(likes, { one: '{} personne', other: '{} personnes' })}`,
    shuffle: 'Lecture aléatoire',
    repeat: { off: 'Répéter : non', all: 'Répéter : tous les titres', one: 'Répéter : ce titre' },
    keys: 'Raccourcis clavier',
    tapToListen: 'Touche pour écouter',
    audioMissing: 'Ce titre ne peut pas être lu ici.',
    nowPlaying: (title, artist) =>
      artist ? `En lecture : ${title} de ${artist}` : `En lecture : ${title}`,
    byYou: 'C’est toi qui commandes',
    by: (name) => `C’est ${name} qui commande`,
    upNext: 'Ensuite',
    ended: 'La playlist est terminée',
    readOnly: 'Tu écoutes, d’autres commandent',
    why: 'Vérifie la connexion ou passe au titre suivant.',
    readyTitle: 'Prêt quand tu veux',
    readyText: (tracks) =>
      count(tracks, { one: '{} titre dans la playlist', other: '{} titres dans la playlist' }),
  },
  empty: {
    title: 'Encore rien à écouter',
    text: 'Ajoute le premier titre, et tout le groupe l’entend.',
    addTrack: 'Ajouter un titre',
  },
  keys: {
    toggle: 'Lire ou mettre en pause',
    step: 'Reculer ou avancer de 5 secondes',
    jump: 'Reculer ou avancer de 10 secondes',
    volume: 'Plus fort ou moins fort',
    mute: 'Couper ou remettre le son de cet appareil',
    help: 'Afficher ces raccourcis',
  },
  volume: {
    volume: 'Volume de cet appareil',
    mute: 'Couper le son de cet appareil',
    unmute: 'Remettre le son de cet appareil',
    settings: 'Son sur cet appareil',
  },
  settings: {
    output: 'Haut-parleur',
    systemChoice: 'Celui du système',
    choose: 'En choisir un autre…',
    latency: 'Retard, en ms',
    latencyHint:
      'De combien ce haut-parleur s’entend après les autres. Le Bluetooth prend souvent de 100 à 300. Chaque haut-parleur garde le sien.',
    earlier: '5 ms de moins',
    later: '5 ms de plus',
    measure: 'Mesurer avec le micro',
    measureHint:
      'Dix bips, neuf secondes. Montez le son, approchez le haut-parleur et mettez la musique en pause.',
    measuring: 'Écoute des bips…',
    cancel: 'Annuler',
    measured: (ms, spread) => `On l’entend ${ms} ms en retard, ± ${spread}. L’utiliser ?`,
    use: 'L’utiliser',
    leave: 'Laisser tel quel',
    used: 'Gardé pour ce haut-parleur.',
    awake: 'Garder l’écran allumé pendant la lecture',
    failed: 'Cela n’a pas marché. Réessayez.',
    why: {
      forbidden:
        'Ce n’est pas permis ici. Autorisez cette page dans les réglages du navigateur, puis réessayez.',
      'not-found': 'Aucun n’a été trouvé. Branchez-en un, puis réessayez.',
      unavailable:
        'Les bips ne s’entendaient pas assez bien. Montez le son, cherchez un endroit calme et réessayez.',
    },
  },
};
