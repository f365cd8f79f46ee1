/**
 * How many bytes a payload takes as JSON in UTF-8: exactly, or for a small one at most, which is told without writing
 * it out. Never fewer than it takes.
 */
export function payloadBytes(payload: unknown): number {
  const most = bytesAtMost(payload);
  return most <= smallBytes ? most : new TextEncoder().encode(JSON.stringify(payload)).length;
}

/** A full push of small ops fits a message by this measure, too. */
const smallBytes = 900;
/** A unit of text at worst, which JSON has to escape: `\u0000`. Names of fields are ours and plain. */
const unitBytes = 6;
/** The longest number that JSON writes, and a comma. */
const numberBytes = 26;

function bytesAtMost(value: unknown): number {
  if (typeof value === 'string') return unitBytes * value.length + 3;
  if (typeof value !== 'object' || value === null) return numberBytes;
  let bytes = 3;
  if (Array.isArray(value)) for (const item of value) bytes += bytesAtMost(item);
  else {
    const fields = value as Readonly<Record<string, unknown>>;
    for (const name in fields) bytes += name.length + 3 + bytesAtMost(fields[name]);
  }
  return bytes;
}
