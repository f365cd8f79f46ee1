const animals = [
  'Crane',
  'Dolphin',
  'Falcon',
  'Heron',
  'Koala',
  'Lynx',
  'Otter',
  'Puffin',
  'Raven',
  'Seal',
] as const;

/**
 * A name for somebody who gave none: `Guest Otter`.
 *
 * @param random numbers in [0, 1), as `Math.random`
 */
export function guestName(random: () => number): string {
  return `Guest ${animals[Math.floor(random() * animals.length)]}`;
}
