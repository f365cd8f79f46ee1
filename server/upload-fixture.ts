import type { TestAnswer, TestPerson, TestServer } from './test-server.ts';

/** Sends a file in one piece and asks what became of it. */
export async function upload(
  server: TestServer,
  { token }: TestPerson,
  groupId: string,
  bytes: Buffer,
): Promise<TestAnswer> {
  const base64 = (text: string) => Buffer.from(text).toString('base64');
  const headers = { authorization: `Bearer ${token}`, 'tus-resumable': '1.0.0' };
  const created = await fetch(`${server.base}/v1/files/uploads`, {
    method: 'POST',
    headers: {
      ...headers,
      'upload-length': `${bytes.byteLength}`,
      'upload-metadata': `groupId ${base64(groupId)},name ${base64('song.mp3')}`,
    },
  });
  const location = created.headers.get('location') ?? '';
  await fetch(new URL(location, server.base), {
    method: 'PATCH',
    headers: {
      ...headers,
      'upload-offset': '0',
      'content-type': 'application/offset+octet-stream',
    },
    body: new Uint8Array(bytes),
  });
  return server.ask(`/v1/files/by-upload/${location.split('/').at(-1)}`, { token });
}

/** A tenth of a second of silence: 8 kHz, 16 bits, one channel. */
export function silentWave(): Buffer {
  const bytes = Buffer.alloc(44 + 1_600);
  bytes.write('RIFF', 0);
  bytes.writeUInt32LE(36 + 1_600, 4);
  bytes.write('WAVEfmt ', 8);
  bytes.writeUInt32LE(16, 16);
  bytes.writeUInt16LE(1, 20);
  bytes.writeUInt16LE(1, 22);
  bytes.writeUInt32LE(8_000, 24);
  bytes.writeUInt32LE(16_000, 28);
  bytes.writeUInt16LE(2, 32);
  bytes.writeUInt16LE(16, 34);
  bytes.write('data', 36);
  bytes.writeUInt32LE(1_600, 40);
  return bytes;
}
