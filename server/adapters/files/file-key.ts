import { JamzError } from '../../../sdk/protocol/errors.ts';

const keyPart = /^[A-Za-z0-9_~-][A-Za-z0-9_.~-]{0,127}$/;

/**
 * @returns the folder and the name of a file
 * @throws {JamzError} `invalid` unless the key is `<folder>/<name>` of plain ids, so no key can climb out
 */
export function partsOfKey(key: string): readonly [folder: string, name: string] {
  const [folder, name, ...more] = key.split('/');
  if (
    folder === undefined ||
    name === undefined ||
    more.length > 0 ||
    !keyPart.test(folder) ||
    !keyPart.test(name)
  ) {
    throw new JamzError('invalid', `Not the key of a file: ${JSON.stringify(key)}`);
  }
  return [folder, name];
}
