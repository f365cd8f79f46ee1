import { type OpType, type Payloads, payloadShapes } from './payloads.ts';
import { Misfit } from './shapes.ts';

export type CheckedPayload<Type extends OpType> =
  | { readonly payload: Payloads[Type] }
  | { readonly problem: string };

/**
 * The payload as its shape reads it, or a sentence that names what is wrong with it.
 *
 * @returns the very object given where nothing in it had to change
 */
export function checkPayload<Type extends OpType>(
  type: Type,
  payload: unknown,
): CheckedPayload<Type> {
  try {
    return { payload: payloadShapes[type](payload) };
  } catch (error) {
    if (!(error instanceof Misfit)) throw error;
    return { problem: `${error.path ? `“${error.path}”: ` : ''}${error.message}.` };
  }
}
