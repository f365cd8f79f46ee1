import * as v from 'valibot';
import { type OpType, type Payloads, payloadSchemas } from './payloads.ts';

export type CheckedPayload<Type extends OpType> =
  | { readonly payload: Payloads[Type] }
  | { readonly problem: string };

/** The payload as its schema reads it, or a sentence that names what is wrong with it. */
export function checkPayload<Type extends OpType>(
  type: Type,
  payload: unknown,
): CheckedPayload<Type> {
  const schema: v.GenericSchema<unknown, Payloads[Type]> = payloadSchemas[type];
  const parsed = v.safeParse(schema, payload);
  if (parsed.success) return { payload: parsed.output };
  const issue = parsed.issues[0];
  const path = v.getDotPath(issue);
  return { problem: `${path ? `“${path}”: ` : ''}${issue.message}.` };
}
