import { counted } from '../counted.ts';
import type { Tables } from '../tables.ts';

const count = counted('es');
const share = new Intl.NumberFormat('es', { style: 'percent', maximumFractionDigits: 1 });

export const words: Tables['sync-inspector'] = {
  words: {
    title: 'Inspector de sincronización',
    states: {
      SYNCED: 'Al día',
      SYNCING: 'Sincronizando',
      OFFLINE: 'Sin conexión',
      ERROR: 'Problema',
    },
    leads: (term) => `esta pestaña dirige, turno ${term}`,
    follows: 'dirige otra pestaña',
    nobody: 'Inicia sesión para mirar dentro.',
    failed: 'No se ha podido cargar el inspector. Llega con la red.',
    timeline: 'Estados',
    lately: (seconds) => `los últimos ${seconds} s`,
    transitions: (changes) =>
      count(changes, { one: '{} cambio de estado', other: '{} cambios de estado' }),
    figures: 'Cifras',
    figure: {
      clock: 'Este reloj se desvía',
      roundTrip: 'Ida y vuelta',
      success: 'Ops que salen bien',
      retries: 'Reintentos por op',
      cache: 'Respondido por la caché',
      latency: 'Del enlace a estar al día',
      conflicts: 'Ops en conflicto',
      storage: 'Guardado',
    },
    unknown: '—',
    ms: (ms) => `${ms} ms`,
    seconds: (seconds) => `${seconds} s`,
    percent: (part) => share.format(part),
    logs: 'Registros',
    outbox: (changes) =>
      changes === 0
        ? 'Salida'
        : count(changes, { one: 'Salida: {} cambio', other: 'Salida: {} cambios' }),
    setAside: (changes) =>
      count(changes, { one: 'Apartado: {} cambio', other: 'Apartados: {} cambios' }),
    nothingWaits: 'No espera nada.',
    more: (others) => count(others, { other: 'y {} más' }),
    columns: {
      log: 'Registro',
      here: 'Aquí',
      head: 'Cabeza',
      waiting: 'Espera',
      change: 'Cambio',
      kind: 'Tipo',
      age: 'Edad',
      stage: 'Fase',
      tries: 'Intentos',
      priority: 'Prioridad',
      needs: 'Necesita',
    },
    faults: 'Haz que falle',
    switches: {
      offline: 'Sin red',
      silence: 'Servidor callado',
      captivePortal: 'Portal cautivo',
      serverError: 'El servidor falla',
      tokenExpired: 'Sesión caducada',
    },
    latency: 'Retraso',
    loss: 'Pérdida',
    clock: 'Este reloj',
    none: 'nada',
    clockChoice: {
      '-31536000000': 'un año atrasado',
      '-3600000': 'una hora atrasado',
      '0': 'en hora',
      '3600000': 'una hora adelantado',
      '31536000000': 'un año adelantado',
    },
    endFaults: 'Acabar con todos los fallos',
  },
};
