import { type Context, createContext } from '@lit/context';
import type { Access } from './access.ts';

/**
 * What `<jamz-group>` provides to the elements inside it: the group, or why there is none.
 * The key is registered, so that two copies of the script on one page still meet.
 */
export const groupContext: Context<symbol, Access> = createContext<Access, symbol>(
  Symbol.for('jamz.group'),
);
