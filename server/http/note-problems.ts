import type { Request, Response } from 'express';
import type { JamzError } from '../../sdk/protocol/errors.ts';
import type { Actor } from '../access/actor.ts';
import type { AccessRow } from '../access/table.ts';
import type { NoteRefusal } from '../safety/refusal-notes.ts';
import { routeOf } from './request-log.ts';

/** Tells the audit log which requests were refused, and whose they were. */
export interface NotedProblems {
  /** `identify`, remembering for each request whom it found. */
  readonly identify: (req: Request, row?: AccessRow) => Promise<Actor>;
  readonly onProblem: (error: JamzError, req: Request, res: Response) => void;
}

export function notedProblems(
  identify: (req: Request, row?: AccessRow) => Promise<Actor>,
  noteRefusal: NoteRefusal,
): NotedProblems {
  const actors = new WeakMap<Request, Actor>();
  return {
    async identify(req, row) {
      const actor = await identify(req, row);
      actors.set(req, actor);
      return actor;
    },
    onProblem(error, req) {
      // Who comes with nothing has yet to sign in: nobody tried to get around anything.
      if (error.code === 'unauthenticated' && req.get('authorization') === undefined) return;
      const actor = actors.get(req);
      const subjectId = `${req.method} ${routeOf(req) ?? 'none'}`;
      noteRefusal(error, { siteId: actor?.siteId, actorId: actor?.userId, subjectId });
    },
  };
}
