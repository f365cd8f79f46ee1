import { counted } from '../counted.ts';
import type { Tables } from '../tables.ts';

const count = counted('es');

export const words: Tables['conflict-dialog'] = {
  words: {
    badge: (questions) =>
      count(questions, { one: '{} pregunta para ti', other: '{} preguntas para ti' }),
    title: '¿Cuál se queda?',
    intro: 'Has cambiado tu perfil en dos sitios casi al mismo tiempo.',
    yours: 'Lo tuyo',
    theirs: 'Lo otro',
    thisDevice: 'Este dispositivo',
    otherDevice: 'Otro dispositivo',
    field: { name: 'Nombre', photoFileId: 'Foto', aiOptIn: 'Asistente' },
    photo: 'Una foto',
    noPhoto: 'Sin foto',
    on: 'Sí',
    off: 'No',
    noName: 'Sin nombre',
    result: 'Resultado',
    editName: 'Nombre que se queda',
    allYours: 'Lo tuyo',
    allTheirs: 'Lo otro',
    applyToAll: 'Aplicar a todo',
    keepMine: 'Quedarme con lo mío',
    keepTheirs: 'Quedarme con lo otro',
    combine: 'Quedarme con el resultado',
    later: 'Decidir más tarde',
    kept: 'Tu elección está guardada.',
    someElsewhere: 'Una parte se ha respondido en otro dispositivo.',
    elsewhereTitle: 'Respondido en otro dispositivo',
    elsewhereText: 'Aquí ya no queda nada que decidir.',
    goneTitle: 'Esta pregunta ya no existe',
    goneText: 'Has cerrado la sesión, o se ha borrado el perfil.',
  },
};
