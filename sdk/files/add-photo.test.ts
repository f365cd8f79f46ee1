import { deepEqual, equal, rejects } from 'node:assert/strict';
import { describe, it } from 'node:test';
import { addPhoto } from './add-photo.ts';
import { photoUrl } from './photo-url.ts';

const server = 'https://jamz.example';
const image = new Blob(['picture']);

function answering(...answers: readonly Response[]): { fetch: typeof fetch; asked: string[] } {
  const asked: string[] = [];
  const left = [...answers];
  return {
    asked,
    fetch: async (url, init) => {
      asked.push(`${url} ${new Headers(init?.headers).get('authorization')}`);
      const answer = left.shift();
      if (!answer) throw new TypeError('no network');
      return answer;
    },
  };
}

const token = async (rejected?: string) => (rejected === undefined ? 'old' : 'new');
const problem = (status: number, code: string) => Response.json({ code, detail: code }, { status });

describe('a photo', () => {
  it('is sent as it is and comes back as an id', async () => {
    const { fetch, asked } = answering(Response.json({ fileId: 'p1' }, { status: 201 }));
    equal(await addPhoto({ server, fetch, token }, image, { groupId: 'crew' }), 'p1');
    deepEqual(asked, [`${server}/v1/photos?groupId=crew Bearer old`]);
  });

  it('is sent again with a newer token, once', async () => {
    const { fetch, asked } = answering(
      problem(401, 'token-expired'),
      Response.json({ fileId: 'p1' }, { status: 201 }),
    );
    equal(await addPhoto({ server, fetch, token }, image), 'p1');
    equal(asked[1], `${server}/v1/photos Bearer new`);
  });

  it('is refused with the server’s own reason', async () => {
    const { fetch } = answering(problem(415, 'unsupported-type'));
    await rejects(addPhoto({ server, fetch, token }, image), { code: 'unsupported-type' });
  });

  it('needs a network', async () => {
    const { fetch } = answering();
    await rejects(addPhoto({ server, fetch, token }, image), { code: 'unavailable' });
  });

  it('has an address in each size', () => {
    equal(photoUrl({ server }, 'p1', 256), `${server}/v1/photos/p1/256`);
  });
});
