import type { SecondFactor } from '../../../sdk/index.ts';

/** A key as the server makes them, of 160 bits. */
const key = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';

/** @param person who has the codes: undefined while signing in asks for none */
export function fakeSecondFactor(
  person: { codesLeft: number | undefined },
  ask: (call: string) => void,
): SecondFactor {
  return {
    on: person.codesLeft !== undefined,
    recoveryCodesLeft: person.codesLeft ?? 0,
    begin: async (password) => {
      ask(`beginCodes ${password}`);
      return {
        secret: key,
        uri: `otpauth://totp/Demo:ana%40example.org?secret=${key}&issuer=Demo`,
      };
    },
    confirm: async (code) => {
      ask(`confirmCodes ${code}`);
      person.codesLeft = 10;
      return [...'ABCDEFGHIJ'].map((letter) => `GEZD-GNBV-GY3T-QOJQ-MFRG-GZ2${letter}`);
    },
    end: async ({ password, code }) => {
      ask(`endCodes ${password} ${code}`);
      person.codesLeft = undefined;
    },
  };
}
