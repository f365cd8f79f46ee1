import type { Tables } from '../tables.ts';

export const words: Tables['upload'] = {
  words: {
    upload: 'Envoyer',
    drop: 'Dépose des fichiers audio ici',
    dropNow: 'Lâche pour envoyer',
    choose: 'Choisir des fichiers',
    kinds: 'MP3, M4A, OGG, Opus, FLAC ou WAV',
    files: 'Envois',
    waiting: 'En attente',
    offline: 'Sera envoyé quand il y aura du réseau',
    keepOpen:
      'Cet appareil n’a pas pu garder le fichier : laisse cette page ouverte jusqu’à la fin de l’envoi.',
    sending: (sent, total) => `${sent} sur ${total}`,
    paused: (sent, total) => `En pause à ${sent} sur ${total}`,
    processing: 'Lecture du titre',
    done: 'Envoyé',
    added: 'Dans la playlist',
    duplicate: 'Déjà là ; rien n’a été envoyé deux fois',
    cancelled: 'Annulé',
    pause: (name) => `Mettre ${name} en pause`,
    resume: (name) => `Reprendre ${name}`,
    cancel: (name) => `Annuler ${name}`,
    dismiss: (name) => `Enlever ${name} de cette liste`,
    retry: (name) => `Réessayer ${name}`,
    progress: (name) => `Envoi de ${name}`,
    failed: {
      'unsupported-type':
        'Ce n’est pas un fichier son que nous pouvons lire. Choisis MP3, M4A, OGG, FLAC ou WAV.',
      'too-large': 'Trop gros. Choisis un fichier plus court ou plus compressé.',
      'quota-exceeded': 'Le groupe n’a plus de place. Retire d’abord des titres.',
      'storage-full': 'Le serveur n’a plus de place. Dis-le à qui s’en occupe.',
      forbidden: 'Tu ne peux rien envoyer dans ce groupe.',
      gone: 'Le fichier n’est plus sur cet appareil. Choisis-le à nouveau.',
      unavailable: 'Pas de connexion au serveur. Réessaie quand tu auras du réseau.',
      internal: 'Une erreur s’est produite sur le serveur. Réessaie dans un instant.',
      'rate-limited': 'Trop de fois en peu de temps. Attends un instant.',
      invalid: 'Le serveur n’a pas pu accepter ce fichier. Choisis-en un autre.',
    },
    readOnly: 'Tu ne peux rien envoyer dans ce groupe',
  },
};
