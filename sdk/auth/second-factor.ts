import type { SecondFactor } from '../api.ts';
import type { Http } from './http.ts';

const path = 'auth/second-factor';

/** What the server says of a person's second factor, with what changes it. */
export async function lookAtSecondFactor(http: Http): Promise<SecondFactor> {
  const { on, recoveryCodesLeft } = await http('GET', path, undefined, { expects: isLook });
  return {
    ...{ on, recoveryCodesLeft },
    begin: (password) => http('POST', path, { password }, { expects: isOffer }),
    async confirm(code) {
      const answer = await http('POST', `${path}/confirm`, { code }, { expects: areCodes });
      return answer.recoveryCodes;
    },
    async end({ password, code }) {
      await http('POST', `${path}/end`, { password, code });
    },
  };
}

function isLook(json: unknown): json is Pick<SecondFactor, 'on' | 'recoveryCodesLeft'> {
  const { on, recoveryCodesLeft } = (json ?? {}) as Partial<SecondFactor>;
  return typeof on === 'boolean' && typeof recoveryCodesLeft === 'number';
}

function isOffer(json: unknown): json is { readonly secret: string; readonly uri: string } {
  const { secret, uri } = (json ?? {}) as { secret?: unknown; uri?: unknown };
  return typeof secret === 'string' && typeof uri === 'string';
}

function areCodes(json: unknown): json is { readonly recoveryCodes: readonly string[] } {
  const { recoveryCodes } = (json ?? {}) as { recoveryCodes?: unknown };
  return Array.isArray(recoveryCodes) && recoveryCodes.every((code) => typeof code === 'string');
}
