import { counted } from '../counted.ts';
import type { Tables } from '../tables.ts';

const count = counted('es');

export const words: Tables['profile'] = {
  words: {
    title: 'Perfil',
    guest: 'Aquí de invitado',
    photo: 'Elegir una foto',
    photoBusy: 'Enviando la foto',
    photoRemove: 'Quitar la foto',
    photoProblem: {
      unavailable: 'Una foto necesita la red. Inténtalo cuando tengas conexión.',
      'unsupported-type': 'Esta imagen no se puede mostrar. Elige JPEG, PNG o WebP.',
      'too-large': 'Esta imagen es demasiado grande. Elige una de hasta 12 MB.',
      'quota-exceeded': 'En este sitio no queda espacio para más archivos tuyos.',
      'rate-limited': 'Han sido muchas imágenes. Inténtalo dentro de un rato.',
    },
    name: 'Tu nombre',
    nameHint: 'Como lo ven los demás.',
    nameMissing: 'Escribe el nombre que verán los demás.',
    save: 'Guardar',
    saved: 'Guardado',
    savedHere: 'Guardado en este dispositivo; se envía cuando haya cobertura.',
    elsewhere: (name) => `Ahora es «${name}»: se cambió en otro dispositivo mientras escribías.`,
    assistant: 'Asistente',
    assistantHint:
      'Puede leer la música, los mensajes y los lugares de este grupo para responderte.',
    parts: {
      upgrade: 'Conservar esta cuenta',
      push: 'Avisos',
      devices: 'Dispositivos con sesión',
      history: 'Dónde has estado',
      data: 'Tus datos y tu cuenta',
    },
    conflicts: (questions) =>
      count(questions, { one: '{} pregunta para ti', other: '{} preguntas para ti' }),
    signOut: 'Salir',
    signOutGuest: 'Quien sale como invitado no puede volver como la misma persona.',
    signOutWaiting: (changes) =>
      count(changes, {
        one: 'Queda {} cambio sin enviar. Se envía cuando vuelvas a entrar aquí.',
        other: 'Quedan {} cambios sin enviar. Se envían cuando vuelvas a entrar aquí.',
      }),
    stay: 'Quedarme',
    signedOutText: 'Inicia sesión para ver tu perfil.',
  },
  data: {
    takeAlong: 'Llévate tus datos',
    takeAlongText: 'Todo lo que se guarda de ti: lo que has dado, dicho, elegido y subido.',
    asJson: 'Guardar como JSON',
    asCsv: 'Guardar como CSV',
    deleteTitle: 'Borrar la cuenta',
    deleteText:
      'Tu nombre, foto, mensajes y posiciones desaparecen de todos los grupos, para siempre.',
    deleteAsk:
      'Esto no se puede deshacer. Lo que has añadido a las listas se queda, sin tu nombre.',
    deleteFiles: 'Borrar también las canciones que he subido',
    deletePassword: 'Tu contraseña',
    deleteYes: 'Borrar para siempre',
    wrongPassword: 'La contraseña no es correcta.',
    passwordMissing: 'Escribe tu contraseña.',
    show: 'Mostrar la contraseña',
    hide: 'Ocultar la contraseña',
    busy: 'Un momento',
    cancel: 'Cancelar',
  },
  devices: {
    thisDevice: 'Este dispositivo',
    lastUsed: (when) => `Usado por última vez ${when}`,
    signOutDevice: (name) => `Cerrar la sesión de ${name}`,
    signOut: 'Cerrar sesión',
    signedOutDevice: (name) => `La sesión de ${name} está cerrada.`,
    signOutElsewhere: 'Cerrar las demás sesiones',
    elsewhereAsk: 'Todos los dispositivos menos este volverán a necesitar tu contraseña.',
    signedOutElsewhere: 'Solo tienes la sesión abierta en este dispositivo.',
    onlyHere: 'No tienes la sesión abierta en ningún otro sitio.',
    cancel: 'Cancelar',
  },
  history: {
    seenBy: 'Quién ve dónde has estado',
    seenByMe: 'Solo yo',
    seenByGroup: 'Mis grupos',
    seenByMeText: 'Dónde estás ahora es otra cosa: eso se comparte en el mapa.',
    seenByGroupText: 'Cada grupo ve lo que compartiste con él mientras estabais los dos.',
    keep: 'Guardarlo durante',
    keepDays: (days) =>
      days === 0 ? 'No guardar nada' : count(days, { one: '{} día', other: '{} días' }),
    keepText: (days) =>
      count(days, {
        one: 'Este sitio no guarda nada más de {} día.',
        other: 'Este sitio no guarda nada más de {} días.',
      }),
    forget: 'Borrar dónde he estado',
    forgetAsk: 'Dónde has estado desaparece entonces de todos tus grupos, para siempre.',
    forgetYes: 'Borrarlo',
    forgotten: 'Está borrado.',
    cancel: 'Cancelar',
  },
  push: {
    push: 'Avisos en este navegador',
    pushText: 'Se muestran mientras esta página está cerrada.',
    pushUnsupported: 'Esta página o este navegador no puede mostrar avisos con la página cerrada.',
    pushInstall:
      'En este dispositivo, los avisos solo llegan a las apps de la pantalla de inicio. Toca «Compartir», luego «Añadir a pantalla de inicio», y ábrela desde ahí.',
    pushDenied: 'El navegador bloquea los avisos de este sitio.',
    pushDeniedHow:
      'Para permitirlos, abre los ajustes del sitio junto a la dirección, pon Notificaciones en Permitir y recarga la página.',
    pushRefused: 'No se ha activado nada: el navegador no tiene tu permiso.',
    pushUnreachable:
      'No se llega al servicio de avisos de este navegador o al servidor. Inténtalo cuando tengas red.',
    about: 'Avísame cuando',
    kinds: {
      message: 'alguien escriba',
      'session-started': 'empiece la música',
      'session-planned': 'se planee una sesión',
      'member-joined': 'alguien se una',
      'track-added': 'se añada una canción',
      'place-saved': 'se guarde un lugar',
      'place-reached': 'alguien llegue a un lugar',
      'place-left': 'alguien se vaya de un lugar',
    },
    quiet: 'Horas de silencio',
    quietText: (zone) => `Entonces no se muestra nada, según la hora de ${zone}.`,
    from: 'Desde',
    to: 'Hasta',
  },
};
