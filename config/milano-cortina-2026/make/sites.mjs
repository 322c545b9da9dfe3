/**
 * Every site: what has a grid connection and where people come and go. `kind` says what stands there: `indoor` and `outdoor` are venues, `village`,
 * `media`, and `hub` a station, a park-and-ride or a workforce park.
 */
const rows = [
  ['santagiulia', 'Milano Santagiulia Ice Hockey Arena', 'milano', 'indoor', 'milano_southeast'],
  ['rho_hockey', 'Milano Rho Ice Hockey Arena', 'milano', 'indoor', 'milano_rho'],
  ['rho_speed', 'Milano Speed Skating Stadium', 'milano', 'indoor', 'milano_rho'],
  ['assago', 'Milano Ice Skating Arena', 'milano', 'indoor', 'milano_southwest'],
  ['san_siro', 'Milano San Siro Olympic Stadium', 'milano', 'outdoor', 'milano_west'],
  ['bormio', 'Stelvio Ski Centre', 'valtellina', 'outdoor', 'bormio_line'],
  ['livigno_snow', 'Livigno Snow Park', 'valtellina', 'outdoor', 'livigno_line'],
  ['livigno_aerials', 'Livigno Aerials & Moguls Park', 'valtellina', 'outdoor', 'livigno_line'],
  ['tesero', 'Tesero Cross-Country Skiing Stadium', 'fiemme', 'outdoor', 'tesero_line'],
  ['predazzo', 'Predazzo Ski Jumping Stadium', 'fiemme', 'outdoor', 'predazzo_line'],
  ['anterselva', 'Anterselva Biathlon Arena', 'anterselva', 'outdoor', 'anterselva_line'],
  ['curling', 'Cortina Curling Olympic Stadium', 'cortina', 'indoor', 'cortina'],
  ['sliding', 'Cortina Sliding Centre', 'cortina', 'outdoor', 'cortina'],
  ['tofane', 'Tofane Alpine Skiing Centre', 'cortina', 'outdoor', 'cortina'],
  ['verona', 'Verona Olympic Arena', 'verona', 'outdoor', 'verona_line'],
  ['village_milano', 'Olympic Village Milano', 'milano', 'village', 'milano_southeast'],
  ['village_bormio', 'Olympic Village Bormio', 'valtellina', 'village', 'bormio_line'],
  ['village_livigno', 'Olympic Village Livigno', 'valtellina', 'village', 'livigno_line'],
  ['village_predazzo', 'Olympic Village Predazzo', 'fiemme', 'village', 'predazzo_line'],
  ['village_anterselva', 'Olympic Village Anterselva', 'anterselva', 'village', 'anterselva_line'],
  ['village_cortina', 'Olympic Village Cortina', 'cortina', 'village', 'cortina'],
  ['media_centre', 'Main Media Centre Milano', 'milano', 'media', 'milano_west'],
  ['rogoredo', 'Milano Rogoredo station', 'milano', 'hub', 'milano_southeast'],
  ['san_donato', 'San Donato park and ride', 'milano', 'hub', 'milano_southeast'],
  ['rho_fiera', 'Rho Fiera station', 'milano', 'hub', 'milano_rho'],
  ['molino_dorino', 'Molino Dorino park and ride', 'milano', 'hub', 'milano_rho'],
  ['famagosta', 'Famagosta park and ride', 'milano', 'hub', 'milano_southwest'],
  ['rozzano', 'Rozzano park and ride', 'milano', 'hub', 'milano_southwest'],
  ['lampugnano', 'Lampugnano park and ride', 'milano', 'hub', 'milano_west'],
  ['bisceglie', 'Bisceglie park and ride', 'milano', 'hub', 'milano_west'],
  ['tirano', 'Tirano station', 'valtellina', 'hub', 'alta_valtellina'],
  ['valdisotto', 'Valdisotto park and ride', 'valtellina', 'hub', 'bormio_line'],
  ['valdidentro', 'Valdidentro park and ride', 'valtellina', 'hub', 'bormio_line'],
  ['trepalle', 'Trepalle park and ride', 'valtellina', 'hub', 'livigno_line'],
  ['san_rocco', 'San Rocco park and ride', 'valtellina', 'hub', 'livigno_line'],
  ['cavalese', 'Cavalese park and ride', 'fiemme', 'hub', 'tesero_line'],
  ['ora', 'Ora station', 'fiemme', 'hub', 'fiemme'],
  ['panchia', 'Panchià park and ride', 'fiemme', 'hub', 'tesero_line'],
  ['ziano', 'Ziano park and ride', 'fiemme', 'hub', 'predazzo_line'],
  ['moena', 'Moena park and ride', 'fiemme', 'hub', 'predazzo_line'],
  ['olang', 'Valdaora station', 'anterselva', 'hub', 'anterselva_line'],
  ['mittertal', 'Anterselva di Mezzo park and ride', 'anterselva', 'hub', 'anterselva_line'],
  ['toblach', 'Dobbiaco station', 'anterselva', 'hub', 'anterselva_line'],
  ['bruneck', 'Brunico station', 'anterselva', 'hub', 'anterselva_line'],
  ['fiames', 'Fiames park and ride', 'cortina', 'hub', 'cortina'],
  ['zuel', 'Zuel park and ride', 'cortina', 'hub', 'cortina'],
  ['acquabona', 'Acquabona park and ride', 'cortina', 'hub', 'cortina'],
  ['cortina_station', 'Cortina bus station', 'cortina', 'hub', 'cortina'],
  ['calalzo', 'Calalzo station', 'cortina', 'hub', 'cortina'],
  ['porta_nuova', 'Verona Porta Nuova station', 'verona', 'hub', 'verona_line'],
  ['verona_fiera', 'Verona Fiera park and ride', 'verona', 'hub', 'verona_line'],
  ['staff_milano', 'Workforce park Milano', 'milano', 'hub', 'milano_west'],
  ['staff_bormio', 'Workforce park Bormio', 'valtellina', 'hub', 'bormio_line'],
  ['staff_livigno', 'Workforce park Livigno', 'valtellina', 'hub', 'livigno_line'],
  ['staff_fiemme', 'Workforce park Val di Fiemme', 'fiemme', 'hub', 'tesero_line'],
  ['staff_anterselva', 'Workforce park Anterselva', 'anterselva', 'hub', 'anterselva_line'],
  ['staff_cortina', 'Workforce park Cortina', 'cortina', 'hub', 'cortina'],
  ['staff_verona', 'Workforce park Verona', 'verona', 'hub', 'verona_line'],
];

export const sites = rows.map(([id, name, cluster, kind, feeder]) => ({ id, name, cluster, kind, feeder }));
export const isVenue = ({ kind }) => kind === 'indoor' || kind === 'outdoor';
export const venues = sites.filter(isVenue);
/** Of a ceremony alone: nobody trains or works there on other days. */
export const isCeremony = ({ id }) => id === 'san_siro' || id === 'verona';
export const siteOf = (id) => {
  const site = sites.find((one) => one.id === id);
  if (!site) throw new Error(`There is no site ${id}.`);
  return site;
};

/** Substations, and the feeders that hang on them. */
export const feeders = [
  { id: 'milano_southeast', name: 'Milano south-east substation' },
  { id: 'milano_rho', name: 'Rho substation' },
  { id: 'milano_southwest', name: 'Assago substation' },
  { id: 'milano_west', name: 'Milano west substation' },
  { id: 'alta_valtellina', name: 'Alta Valtellina substation' },
  { id: 'bormio_line', name: 'Bormio feeder', parent: 'alta_valtellina' },
  { id: 'livigno_line', name: 'Livigno feeder', parent: 'alta_valtellina' },
  { id: 'fiemme', name: 'Val di Fiemme substation' },
  { id: 'tesero_line', name: 'Tesero feeder', parent: 'fiemme' },
  { id: 'predazzo_line', name: 'Predazzo feeder', parent: 'fiemme' },
  { id: 'anterselva_line', name: 'Valle di Anterselva feeder' },
  { id: 'pusteria_line', name: 'Val Pusteria feeder' },
  { id: 'cortina', name: 'Cortina substation' },
  { id: 'verona_line', name: 'Verona centre feeder' },
];

/** Second connections of venues whose sessions must survive a loss: the feeder that they hang on. */
export const secondFeeder = {
  santagiulia: 'milano_southwest',
  assago: 'milano_southeast',
  anterselva: 'pusteria_line',
};

/** Depots, each at a hub whose connection charges its electric buses. */
export const depots = [
  { id: 'milano', name: 'Milano depot', at: 'san_donato' },
  { id: 'rho', name: 'Rho depot', at: 'molino_dorino' },
  { id: 'bormio', name: 'Bormio depot', at: 'valdisotto' },
  { id: 'livigno', name: 'Livigno depot', at: 'san_rocco' },
  { id: 'fiemme', name: 'Val di Fiemme depot', at: 'ziano' },
  { id: 'anterselva', name: 'Anterselva depot', at: 'mittertal' },
  { id: 'cortina', name: 'Cortina depot', at: 'fiames' },
  { id: 'verona', name: 'Verona depot', at: 'verona_fiera' },
];
