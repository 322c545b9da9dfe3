import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { microgridOf } from './microgrid.fixture.js';
import { costOfHour, driveHour } from './plant.js';

const grid = { importKw: 10, exportKw: 10 };
const generator = { kw: 3, costPerKwh: 0.6 };

describe('an hour of a microgrid', () => {
  it('takes from the grid what load and battery need, and counts its cost', () => {
    const microgrid = microgridOf({
      grid,
      hours: { importPrice: [0.2], gridAvailable: [1], carbonKgPerKwh: [0.5], loadKw: [2], pvKw: [0] },
    });
    const flows = driveHour(microgrid, 0, 0.5, { batteryKw: 3, needKw: 2 });
    expect(flows).toMatchObject({ import: 5, charge: 3, soc: 0.8, unmet: 0, curtailed: 0 });
    expect(costOfHour(microgrid, 0, flows)).toBeCloseTo(5 * (0.2 + 0.1 * 0.5) + 3 * 0.01, 12);
  });

  it('loses in charging and in discharging', () => {
    const lossy = microgridOf({ battery: { efficiency: 0.8 }, hours: { pvKw: [7, 0, 0] } });
    expect(driveHour(lossy, 0, 0.5, { batteryKw: 5, needKw: -5 }).soc).toBeCloseTo(0.9, 12);
    expect(driveHour(lossy, 1, 0.5, { batteryKw: -2, needKw: 2 }).soc).toBeCloseTo(0.25, 12);
  });

  it('takes the cheaper of grid and generator first', () => {
    const both = (importPrice: number) =>
      microgridOf({ grid, generator, hours: { importPrice: [importPrice], gridAvailable: [1], loadKw: [4] } });
    const idle = { batteryKw: 0, needKw: 4 };
    expect(driveHour(both(0.1), 0, 0.5, idle)).toMatchObject({ import: 4, generator: 0 });
    expect(driveHour(both(0.9), 0, 0.5, idle)).toMatchObject({ import: 1, generator: 3 });
  });

  it('while the grid is out, generator and then battery serve; the rest goes without', () => {
    const out = microgridOf({ grid, generator, hours: { loadKw: [12], gridAvailable: [0] } });
    const flows = driveHour(out, 0, 0.5, { batteryKw: 0, needKw: 12 });
    expect(flows).toMatchObject({ import: 0, generator: 3, discharge: 5, unmet: 4, soc: 0 });
    expect(costOfHour(out, 0, flows)).toBeCloseTo(3 * 0.6 + 5 * 0.01 + 40, 12);
  });

  it('stores sun that was not expected rather than lose it, and keeps what is not asked for', () => {
    const sunny = microgridOf({ hours: { loadKw: [1], pvKw: [4] } });
    expect(driveHour(sunny, 0, 0.5, { batteryKw: 0, needKw: 1 })).toMatchObject({ charge: 3, curtailed: 0 });
    const quiet = microgridOf({ hours: { loadKw: [1] } });
    expect(driveHour(quiet, 0, 0.5, { batteryKw: -4, needKw: 4 })).toMatchObject({ discharge: 1, curtailed: 0 });
  });

  it('leaves lost what was meant to be lost', () => {
    const sunny = microgridOf({ hours: { loadKw: [1], pvKw: [4] } });
    expect(driveHour(sunny, 0, 0.5, { batteryKw: 1, needKw: -3 })).toMatchObject({ charge: 1, curtailed: 2 });
  });

  it('exports where that pays', () => {
    const selling = microgridOf({ grid, hours: { loadKw: [1], pvKw: [4], exportPrice: [0.1], gridAvailable: [1] } });
    const flows = driveHour(selling, 0, 0.5, { batteryKw: 0, needKw: -3 });
    expect(flows).toMatchObject({ export: 3, curtailed: 0 });
    expect(costOfHour(selling, 0, flows)).toBeCloseTo(-0.3, 12);
  });

  it('balances, and keeps within its limits, whatever is wanted', () => {
    const kw = fc.double({ min: 0, max: 20, noNaN: true });
    fc.assert(
      fc.property(
        fc.record({
          load: kw,
          sun: kw,
          soc: fc.double({ min: 0.2, max: 1, noNaN: true }),
          alive: fc.constantFrom(0, 1),
        }),
        fc.record({
          batteryKw: fc.double({ min: -20, max: 20, noNaN: true }),
          needKw: fc.double({ min: -20, max: 20, noNaN: true }),
        }),
        ({ load, sun, soc, alive }, wanted) => {
          const microgrid = microgridOf({
            grid,
            generator,
            battery: { efficiency: 0.9, socMin: 0.2 },
            hours: { loadKw: [load], pvKw: [sun], gridAvailable: [alive], importPrice: [0.3] },
          });
          const f = driveHour(microgrid, 0, soc, wanted);
          const balance =
            sun + f.import + f.generator + f.discharge + f.unmet - load - f.charge - f.export - f.curtailed;
          expect(balance).toBeCloseTo(0, 9);
          for (const flow of [f.import, f.export, f.generator, f.charge, f.discharge, f.unmet, f.curtailed])
            expect(flow).toBeGreaterThanOrEqual(-1e-12);
          expect(f.import).toBeLessThanOrEqual(10 * alive + 1e-9);
          expect(f.generator).toBeLessThanOrEqual(3 + 1e-9);
          expect(f.soc).toBeGreaterThan(0.2 - 1e-9);
          expect(f.soc).toBeLessThan(1 + 1e-9);
        },
      ),
    );
  });
});
