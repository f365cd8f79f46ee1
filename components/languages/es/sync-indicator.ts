import { counted } from '../counted.ts';
import type { Tables } from '../tables.ts';

const count = counted('es');

export const words: Tables['sync-indicator'] = {
  words: {
    synced: 'Al día',
    syncing: 'Sincronizando',
    offline: 'Sin conexión',
    error: 'Problema de sincronización',
    connecting: 'Conectando',
    accuracy: (ms) => `±${ms} ms`,
    waiting: (changes) =>
      count(changes, { one: '{} cambio en espera', other: '{} cambios en espera' }),
    retryIn: (seconds) => `próximo intento en ${seconds} s`,
    conflicts: (questions) =>
      count(questions, { one: '{} pregunta para ti', other: '{} preguntas para ti' }),
    setAsideTitle: (changes) =>
      count(changes, { one: '{} cambio apartado', other: '{} cambios apartados' }),
    overtaken: (changes) =>
      count(changes, { one: '{} cambio adelantado', other: '{} cambios adelantados' }),
  },
  panel: {
    inSeconds: (seconds) => `En ${seconds} s`,
    lastSynced: 'Al día por última vez',
    never: 'Todavía no',
    justNow: 'Ahora mismo',
    ago: (figure) => `hace ${figure}`,
    seconds: (seconds) => `${seconds} s`,
    minutes: (minutes) => `${minutes} min`,
    hours: (hours) => `${hours} h`,
    waitingTitle: 'Esperando para enviarse',
    nothing: 'Nada',
    nextTry: 'Próximo intento',
    roundTrip: 'Ida y vuelta',
    clock: 'Este reloj',
    ms: (ms) => `${ms} ms`,
    ahead: (figure) => `${figure} adelantado`,
    behind: (figure) => `${figure} atrasado`,
    unknown: 'Sin medir todavía',
    syncNow: 'Sincronizar ahora',
    retry: 'Reintentar',
    discard: 'Descartar',
    paused: (uploads) =>
      count(uploads, {
        one: 'Hay {} subida en pausa. El cambio que la necesita espera por ella.',
        other: 'Hay {} subidas en pausa. Los cambios que las necesitan esperan por ellas.',
      }),
    resume: 'Seguir subiendo',
    memory: 'Solo está en memoria: si cierras esta página se pierde lo que espera.',
    storage: 'Este navegador no lo guarda todo al cerrar la página.',
    did: (opType, what) => done[opType]?.(what) ?? `cambio (${opType})`,
  },
  notices: {
    title: (changes) =>
      count(changes, { one: '{} cambio adelantado', other: '{} cambios adelantados' }),
    somebody: 'Alguien',
    changedBy: (who, what) => `${who} cambió «${what}» al mismo tiempo que tú`,
    removedBy: (who, what) => `${who} quitó «${what}» mientras lo cambiabas`,
    yours: (field, mine) => `${field}: lo tuyo era ${mine}`,
    yoursAndTheirs: (field, mine, theirs) => `${field}: ahora ${theirs}, lo tuyo era ${mine}`,
    empty: 'vacío',
    quoted: (value) => `«${value}»`,
    putBack: 'Volver a poner lo mío',
    dismiss: 'Descartar',
    fields: {
      name: 'Nombre',
      lat: 'Posición',
      photoFileId: 'Foto',
      role: 'Papel',
      'policies.join': 'Quién puede unirse',
      'policies.add': 'Quién puede añadir música',
      'policies.control': 'Quién puede controlar la música',
    },
    values: {
      open: 'cualquiera',
      invited: 'con invitación',
      everyone: 'todos',
      owners: 'solo la dirección',
      chosen: 'miembros elegidos',
      owner: 'dirección',
      moderator: 'moderación',
      member: 'miembro',
    },
  },
};

const done: Readonly<Partial<Record<string, (what: string) => string>>> = {
  'playlist.add': (what) => `añadir «${what}»`,
  'playlist.remove': () => 'quitar una canción',
  'playlist.move': () => 'mover una canción',
  'playback.set': () => 'controlar la música',
  'messages.send': (what) => `enviar «${what}»`,
  'messages.edit': (what) => `cambiar «${what}»`,
  'places.save': (what) => `guardar el lugar «${what}»`,
  'places.update': () => 'cambiar un lugar',
  'places.remove': () => 'quitar un lugar',
  'group.update': () => 'cambiar el grupo',
  'group.delete': () => 'borrar el grupo',
  'members.leave': () => 'salir del grupo',
  'members.remove': () => 'quitar a un miembro',
  'members.role': () => 'cambiar un papel',
  'members.describe': () => 'cambiar tu nombre aquí',
  'reactions.set': () => 'valorar una canción',
  'invitations.create': () => 'invitar',
  'invitations.revoke': () => 'retirar una invitación',
  'profile.update': () => 'cambiar tu perfil',
};
