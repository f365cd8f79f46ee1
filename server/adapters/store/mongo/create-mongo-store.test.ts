import { describe, it } from 'node:test';
import { storeContract } from '../../../ports/store.contract.ts';
import { mongoServer, noServer } from './mongo-server-fixture.ts';

const server = await mongoServer();

if (server) storeContract('The MongoDB store', () => server.emptyStore());
else describe('The MongoDB store', () => it('keeps the store’s promise', { skip: noServer }));
