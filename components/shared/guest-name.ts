const animals = [
  'Badger',
  'Crane',
  'Dolphin',
  'Falcon',
  'Gecko',
  'Heron',
  'Ibex',
  'Jackdaw',
  'Koala',
  'Lynx',
  'Marten',
  'Otter',
  'Puffin',
  'Raven',
  'Seal',
  'Tapir',
  'Wombat',
] as const;

/**
 * A name for somebody who gave none: `Guest Otter`.
 *
 * @param random numbers in [0, 1), as `Math.random`
 */
export function guestName(random: () => number): string {
  return `Guest ${animals[Math.floor(random() * animals.length)]}`;
}
