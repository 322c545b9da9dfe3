import { readFileSync } from 'node:fs';

import { describe, expect, it } from '@jest/globals';

import { csvOf, dataFolder } from '../data-folder.fixture.js';
import { hourly } from './hourly.js';
import { readCases } from './read-cases.js';
import { caseDocument, findCaseFault } from './report-cases.js';
import { runCases } from './run-cases.js';

const costs = async (cases: readonly object[], files: Readonly<Record<string, string>> = {}) => {
  const results = await runCases(await readCases(dataFolder({ 'cases.json': cases, ...files })), () => undefined);
  for (const { objective, second } of results) expect(second).toBeCloseTo(objective ?? Number.NaN, 5);
  return results;
};

const store = {
  id: 'store',
  inputs: {
    steps: 2,
    dt_h: 1,
    load: [1, 2],
    generator: { p_nom: 4, marginal_cost: 3, p_max_pu: [1, 0] },
    store: { e_nom: 8, e_initial: 1, e_cyclic: false, marginal_cost_storage: 0.5, efficiency: 1 },
  },
  // Two kWh are made at 3 and two held for an hour at 0.5.
  expected: { objective: 7 },
};

describe('cases with known objectives', () => {
  it('C01 a store that costs what it holds', async () => {
    expect(await costs([store])).toMatchObject([{ id: 'store', objective: expect.closeTo(7, 6), ok: true }]);
  });

  it('C02 a unit that must start for what the dear one would make', async () => {
    const unit = { p_nom: 100, p_min_pu: 0, up_time_before: 1 };
    const units = [
      { ...unit, name: 'base', marginal_cost: 10, start_up_cost: 300, up_time_before: 0, p_min_pu: 0.5 },
      { ...unit, name: 'peak', marginal_cost: 30, start_up_cost: 0 },
    ];
    const inputs = { steps: 3, load: [40, 60, 60], units };
    // 40 at 30, then a start and 120 at 10.
    expect(await costs([{ id: 'units', inputs, expected: { objective: 1200 + 300 + 1200 } }])).toMatchObject([
      { ok: true },
    ]);
  });

  it('C03 a turbine with a least level, beside wind', async () => {
    const inputs = {
      steps: 2,
      load: [30, 8],
      wind: { p_nom: 10, marginal_cost: 0 },
      gas_source: { p_nom: 1000, marginal_cost: 2 },
      ocgt_link: {
        p_nom_input: 100,
        efficiency: 0.5,
        p_min_pu: 0.1,
        start_up_cost: 7,
        min_up_time: 2,
        up_time_before: 0,
      },
    };
    // 20 kWh of 40 kWh of gas; then it must stay on, at 10 kWh of gas.
    expect(await costs([{ id: 'link', inputs, expected: { objective: 80 + 20 + 7 } }])).toMatchObject([{ ok: true }]);
  });

  it('C04 power and heat together, with wind to spare', async () => {
    const inputs = {
      csv: 'rows.csv',
      steps: 2,
      scale: { demand_el: 10, demand_th: 10, wind: 10, pv: 1 },
      el_plants: { coal: { p: 20, cost: 5, eff: 0.4 } },
      chp: { el_p: 10, el_cost: 4, th_p: 5, ratio_el: 0.4, ratio_th: 0.2 },
      heat_pump: { th_p: 3, cop: 3 },
      excess_el: 'free sink',
      fuels: 'free, unlimited',
    };
    const rows = csvOf({ demand_th: [0.5, 0.3], demand_el: [1, 1], pv: [0, 0], wind: [0, 5] });
    // First hour: 5 kWh of heat. A kWh of the CHP makes half a kWh of heat and saves a kWh of coal at 5 for 4, so that it runs at its 10, as asked for. Then wind drives the heat pump.
    expect(
      await costs([{ id: 'heat', inputs, expected: { objective_resolved_here: 40 } }], { 'rows.csv': rows }),
    ).toMatchObject([{ ok: true }]);
  });

  it('C05 a problem in the words of the model, which says too when it is missed', async () => {
    const problem = hourly(2, {
      loads: [{ load: 'load', tier: 'normal', power_kw: [2, 3] }],
      supplies: [{ supply: 'wind', available_kw: 10, cost_per_kwh: 2 }],
    });
    const results = await costs([
      { id: 'right', problem, expected: { objective: 10 } },
      { id: 'wrong', problem, expected: { objective: 10.001 } },
    ]);
    expect(caseDocument(results)).toMatchObject({
      cases: {
        right: { objective: 10, expected: 10, ok: true },
        wrong: { objective: 10, expected: 10.001, ok: false },
      },
    });
    expect(findCaseFault(results)).toContain('wrong');
    expect(findCaseFault(results.slice(0, 1))).toBeUndefined();
  });

  it('C06 the example of docs/energy-cases.md', async () => {
    const text = readFileSync(new URL('../../../../../docs/energy-cases.md', import.meta.url), 'utf8');
    const [, example = ''] = /```json\n(.*?)```/s.exec(text) ?? [];
    expect(await costs(JSON.parse(example) as object[])).toMatchObject([{ id: 'store-and-wind', ok: true }]);
  });

  const problem = hourly(1, { loads: [{ load: 'load', tier: 'normal', power_kw: 1 }] });
  const expected = { objective: 1 };
  it.each([
    { what: 'no list', cases: {}, says: /must be a list of cases/ },
    {
      what: 'inputs of no known shape',
      cases: [{ id: 'x', inputs: { load: [1] }, expected }],
      says: /cases.json\[0\].*inputs/s,
    },
    {
      what: 'a key that is not known',
      cases: [{ id: 'x', problem: { ...problem, colour: 1 }, expected }],
      says: /colour/,
    },
    {
      what: 'a series of the wrong length',
      cases: [{ id: 'x', problem: hourly(2, { supplies: [{ supply: 's', available_kw: [1] }] }), expected }],
      says: /available_kw.length.*one value a slot/,
    },
    { what: 'an id that is taken', cases: [store, store], says: /cases.json\[1\].*store is taken/ },
    {
      what: 'a CSV that is missing',
      cases: [
        {
          id: 'x',
          inputs: {
            csv: 'none.csv',
            steps: 1,
            scale: { demand_el: 1, demand_th: 1, wind: 1, pv: 1 },
            el_plants: {},
            chp: { el_p: 1, el_cost: 1, th_p: 1, ratio_el: 1, ratio_th: 1 },
            heat_pump: { th_p: 1, cop: 1 },
            excess_el: 'free sink',
            fuels: 'free, unlimited',
          },
          expected,
        },
      ],
      says: /none.csv is missing/,
    },
  ])('refuses $what', async ({ cases, says }) => {
    await expect(readCases(dataFolder({ 'cases.json': cases }))).rejects.toThrow(says);
  });
});
