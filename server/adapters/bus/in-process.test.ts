import { describe } from 'node:test';
import { busContract } from '../../ports/bus.contract.ts';
import { createInProcessBus } from './in-process.ts';

describe('the bus in process', () => {
  busContract(async () => createInProcessBus(() => {}), false);
});
