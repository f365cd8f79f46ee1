import { answerOf } from '../auth/http.ts';
import { JamzError } from '../protocol/errors.ts';
import type { FileId, GroupId } from '../protocol/ids.ts';

export interface AddPhotoDeps {
  readonly server: string;
  readonly fetch: typeof fetch;
  readonly token: (rejected?: string) => Promise<string>;
}

const patienceMs = 60_000;

/** Sends a picture to the server. @throws {JamzError} what `Jamz.addPhoto` says */
export async function addPhoto(
  { server, fetch, token }: AddPhotoDeps,
  image: Blob,
  { groupId }: { readonly groupId?: GroupId } = {},
): Promise<FileId> {
  const query = groupId === undefined ? '' : `?groupId=${encodeURIComponent(groupId)}`;
  const send = async (bearer: string): Promise<unknown> => {
    let response: Response;
    try {
      response = await fetch(`${server}/v1/photos${query}`, {
        method: 'POST',
        headers: { authorization: `Bearer ${bearer}`, 'content-type': 'application/octet-stream' },
        credentials: 'omit',
        signal: AbortSignal.timeout(patienceMs),
        body: image,
      });
    } catch (cause) {
      throw new JamzError('unavailable', 'The server cannot be reached. Check the network.', {
        cause,
      });
    }
    return answerOf(response);
  };

  const bearer = await token();
  const answer = await send(bearer).catch(async (error: unknown) => {
    if (!(error instanceof JamzError) || error.code !== 'token-expired') throw error;
    return send(await token(bearer));
  });
  if (typeof answer === 'object' && answer !== null && 'fileId' in answer) {
    if (typeof answer.fileId === 'string') return answer.fileId;
  }
  throw new JamzError('unavailable', 'The answer is not this server’s. Check the network.');
}
