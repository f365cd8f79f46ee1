import type { Files } from '../../../ports/files.ts';

const origin = 'https://cors-check.invalid';

/** Whether a page of any origin may read what it fetches from the bucket. @returns what to do where it may not */
export async function checkCors(files: Files): Promise<readonly string[]> {
  const key = '~check/cors';
  await files.write(key, Buffer.from('cors'), 'audio/mpeg');
  try {
    const address = await files.addressOf(key, 60_000);
    if (address === undefined) return [];
    const answer = await fetch(address, { headers: { origin, range: 'bytes=0-1' } });
    await answer.arrayBuffer();
    if (!answer.ok) {
      return [
        `browsers cannot fetch from the bucket: ${new URL(address).host} answers ${answer.status}`,
      ];
    }
    const allowed = answer.headers.get('access-control-allow-origin');
    if (allowed === '*' || allowed === origin) return [];
    return [
      'pages cannot read from the bucket: give it the CORS rule of docs/operate.md, or set S3_DELIVERY=server',
    ];
  } finally {
    await files.remove(key);
  }
}
