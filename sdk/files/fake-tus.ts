import type { Http } from '../auth/http.ts';
import { JamzError } from '../protocol/errors.ts';

interface FakeUpload {
  bytes: Uint8Array;
  readonly length: number;
  readonly metadata: string;
}

/** A tus server of a few lines with hands on its link, for tests of what sends to it. */
export class FakeTus {
  readonly uploads: Map<string, FakeUpload> = new Map();
  readonly log: string[] = [];
  /** The token it takes. */
  goodToken = 'good';
  /** What `GET files/by-upload/:id` answers, in turn; the last stays. */
  results: (object | JamzError)[] = [
    {
      fileId: 'f1',
      mediaType: 'audio/mpeg',
      bytes: 1,
      title: 'Song',
      hasArtwork: false,
      duplicate: false,
    },
  ];
  peaks: readonly number[] | null = [];
  /** Answers in place of the server, once each, in order. */
  readonly instead: ((method: string, send: () => Promise<Response>) => Promise<Response>)[] = [];

  readonly fetch: typeof fetch = async (address, init) => {
    const method = init?.method ?? 'GET';
    const path = new URL(String(address)).pathname.replace('/v1/files/', '');
    const send = (): Promise<Response> => this.#answer(method, path, init);
    this.log.push(`${method} ${path}`);
    const other = this.instead.shift();
    const answer = await (other ? other(method, send) : send());
    init?.signal?.throwIfAborted();
    return answer;
  };

  /** The part of the API beside tus. */
  readonly http: Http = (async (method: string, path: string, body?: unknown) => {
    this.log.push(`${method} ${path.replace('files/', '')}`);
    if (path.endsWith('/peaks')) {
      if (method === 'PUT') this.peaks = (body as { peaks: readonly number[] }).peaks;
      return { peaks: this.peaks, durationMs: 1 };
    }
    const [result] = this.results.length > 1 ? this.results.splice(0, 1) : this.results;
    if (result instanceof JamzError) throw result;
    return result;
  }) as Http;

  async #answer(method: string, path: string, init?: RequestInit): Promise<Response> {
    const headers = new Headers(init?.headers);
    if (headers.get('authorization') !== `Bearer ${this.goodToken}`) {
      return problem(401, 'token-expired');
    }
    const id = path.split('/')[1] ?? '';
    const upload = this.uploads.get(id);
    if (method === 'POST') {
      const name = `u${this.uploads.size + 1}`;
      const metadata = headers.get('upload-metadata') ?? '';
      const length = Number(headers.get('upload-length'));
      this.uploads.set(name, { bytes: new Uint8Array(), length, metadata });
      return tus(201, { location: `/v1/files/uploads/${name}` });
    }
    if (!upload) return method === 'HEAD' ? tus(404) : problem(404, 'not-found');
    if (method === 'DELETE') {
      this.uploads.delete(id);
      return tus(204);
    }
    if (method === 'PATCH') {
      if (Number(headers.get('upload-offset')) !== upload.bytes.length) return tus(409);
      const sent = init?.body instanceof Blob ? await init.body.arrayBuffer() : new ArrayBuffer();
      upload.bytes = Uint8Array.from([...upload.bytes, ...new Uint8Array(sent)]);
    }
    const { bytes, length } = upload;
    return tus(method === 'HEAD' ? 200 : 204, {
      'upload-offset': String(bytes.length),
      'upload-length': String(length),
    });
  }
}

export function tus(status: number, headers: Record<string, string> = {}): Response {
  return new Response(null, { status, headers: { 'tus-resumable': '1.0.0', ...headers } });
}

export function problem(status: number, code: string): Response {
  return Response.json(
    { code, detail: code },
    { status, headers: { 'content-type': 'application/problem+json' } },
  );
}
