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
  return Buffer.concat([waveHeader(1_600, 8_000), Buffer.alloc(1_600)]);
}

/** What a WAV file begins with: 16 bits, one channel. @param bytes of the samples behind it */
export function waveHeader(bytes: number, sampleRate: number): Buffer<ArrayBuffer> {
  const header = Buffer.alloc(44);
  header.write('RIFF', 0);
  header.writeUInt32LE(36 + bytes, 4);
  header.write('WAVEfmt ', 8);
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(1, 20);
  header.writeUInt16LE(1, 22);
  header.writeUInt32LE(sampleRate, 24);
  header.writeUInt32LE(2 * sampleRate, 28);
  header.writeUInt16LE(2, 32);
  header.writeUInt16LE(16, 34);
  header.write('data', 36);
  header.writeUInt32LE(bytes, 40);
  return header;
}
