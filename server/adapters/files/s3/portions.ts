/** The least that vendors take as a part that is not the last; R2 wants all others to be alike. */
export const partBytes = 5_242_880;

/** Cuts a stream into pieces of exactly so many bytes; the last may be shorter. Nothing for an empty stream. */
export async function* portionsOf(
  source: AsyncIterable<Uint8Array>,
  bytes: number,
): AsyncGenerator<Uint8Array, undefined> {
  let held: Uint8Array[] = [];
  let room = bytes;
  for await (const chunk of source) {
    let rest = chunk;
    while (rest.length >= room) {
      held.push(rest.subarray(0, room));
      rest = rest.subarray(room);
      yield Buffer.concat(held);
      held = [];
      room = bytes;
    }
    if (rest.length > 0) {
      held.push(rest);
      room -= rest.length;
    }
  }
  if (held.length > 0) yield Buffer.concat(held);
}
