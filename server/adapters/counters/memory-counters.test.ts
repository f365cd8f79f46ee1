import { describe } from 'node:test';
import { until } from '../../../scripts/testing/until.ts';
import { countersContract } from '../../ports/counters.contract.ts';
import { memoryCounters } from './memory-counters.ts';

describe('counters in memory', () => {
  countersContract(async () => memoryCounters(), until);
});
