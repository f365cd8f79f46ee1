import { type Context, createContext } from '@lit/context';
import type { Jamz } from '../../sdk/index.ts';

/** The connection of the nearest `<jamz-group>`, also while nobody is signed in. Registered as the group's is. */
export const clientContext: Context<symbol, Jamz | undefined> = createContext<
  Jamz | undefined,
  symbol
>(Symbol.for('jamz.client'));
