// Makes node.csv and link.csv of this folder from the shapes, stops and times of the feed: `node config/campus-replay/roads/make-roads.mjs`.
// The same feed gives the same files. How it goes is told in ../SOURCES.md.
import { readFileSync, writeFileSync } from 'node:fs';

import { parse } from 'csv-parse/sync';
import { strFromU8, unzipSync } from 'fflate';

/** Shapes that run closer than this in the same direction are one road, m. */
const SAME_ROAD_M = 9;
/** Directions that differ by less are the same, degrees. */
const SAME_WAY_DEG = 50;
/** Shapes are followed in steps of this, m: short against SAME_ROAD_M, so that no node of a shared road is missed. */
const STEP_M = 2;
/** Roads that cross at a flatter angle run beside each other, degrees. */
const CROSSING_DEG = 25;
/** Bends that are flatter are drawn straight, m. */
const BEND_M = 3;
/** Speeds are held between these, km/h. */
const SPEEDS_KMH = { least: 5, most: 50 };
const METRES_PER_DEGREE = (6_371_000 * Math.PI) / 180;

const here = (name) => new URL(name, import.meta.url);
const files = unzipSync(readFileSync(here('../gtfs/bullrunner-gtfs.zip')));
const table = (name) => parse(strFromU8(files[name]), { columns: true, trim: true, bom: true });

const stopRows = new Map(table('stops.txt').map((row) => [row.stop_id, row]));
const [origin] = stopRows.values();
const perLon = METRES_PER_DEGREE * Math.cos((Number(origin.stop_lat) * Math.PI) / 180);
const toPoint = (lat, lon) => ({
  x: (Number(lon) - Number(origin.stop_lon)) * perLon,
  y: (Number(lat) - Number(origin.stop_lat)) * METRES_PER_DEGREE,
});
const distance = (a, b) => Math.hypot(a.x - b.x, a.y - b.y);
const between = (a, b, share) => ({ x: a.x + share * (b.x - a.x), y: a.y + share * (b.y - a.y) });
const heading = (a, b) => (Math.atan2(b.y - a.y, b.x - a.x) * 180) / Math.PI;
const turn = (a, b) => Math.abs(((((a - b) % 360) + 540) % 360) - 180);

/** Seconds of `7:05:00`. */
const secondsOf = (time) => time.split(':').reduce((sum, part) => sum * 60 + Number(part), 0);

const lengthOf = (way) => way.slice(1).reduce((sum, point, index) => sum + distance(way[index], point), 0);

const groupBy = (rows, keyOf) => {
  const groups = new Map();
  for (const row of rows) groups.set(keyOf(row), [...(groups.get(keyOf(row)) ?? []), row]);
  return groups;
};

const shapes = groupBy(table('shapes.txt'), ({ shape_id }) => shape_id);
const stopTimes = groupBy(table('stop_times.txt'), ({ trip_id }) => trip_id);

/** Where a polyline passes nearest to a point, at or after a distance along it: how far along, and how far off. */
const project = (points, point, fromM) => {
  let [best, alongM] = [{ alongM: 0, offM: Infinity }, 0];
  for (let i = 1; i < points.length; i++) {
    const [a, b] = [points[i - 1], points[i]];
    const length = distance(a, b);
    if (length > 0) {
      const share = ((point.x - a.x) * (b.x - a.x) + (point.y - a.y) * (b.y - a.y)) / length ** 2;
      const clamped = Math.min(1, Math.max(0, share, Math.min(1, (fromM - alongM) / length)));
      const offM = distance(point, between(a, b, clamped));
      if (alongM + length >= fromM && offM < best.offM - 1e-6) best = { alongM: alongM + clamped * length, offM };
    }
    alongM += length;
  }
  return best;
};

/** The part of a polyline between two distances along it. */
const cut = (points, fromM, toM) => {
  const part = [];
  let alongM = 0;
  for (let i = 1; i < points.length; i++) {
    const [a, b] = [points[i - 1], points[i]];
    const length = distance(a, b);
    const [start, end] = [Math.max(fromM, alongM), Math.min(toM, alongM + length)];
    if (length > 0 && start <= end) {
      if (part.length === 0) part.push(between(a, b, (start - alongM) / length));
      if (end > start) part.push(between(a, b, (end - alongM) / length));
    }
    alongM += length;
  }
  return part;
};

/** One round of each line in legs: the drawn way from stop to stop, with the seconds of its slowest trip. */
const lines = [...groupBy(table('trips.txt'), ({ route_id }) => route_id)].map(([line, trips]) => {
  const timed = trips.map(({ trip_id, shape_id }) => {
    const calls = stopTimes
      .get(trip_id)
      .sort((a, b) => a.stop_sequence - b.stop_sequence)
      .map((row) => ({ stop: row.stop_id, second: secondsOf(row.arrival_time) }));
    return { shape_id, calls, runningS: calls.at(-1).second - calls[0].second };
  });
  const { shape_id, calls } = timed.reduce((a, b) => (b.runningS > a.runningS ? b : a));
  const points = shapes
    .get(shape_id)
    .sort((a, b) => a.shape_pt_sequence - b.shape_pt_sequence)
    .map((row) => toPoint(row.shape_pt_lat, row.shape_pt_lon));
  // Stops lie on the shapes. A loop's last stop may lie past the end of the drawing, at its beginning.
  const pointOf = ({ stop }) => toPoint(stopRows.get(stop).stop_lat, stopRows.get(stop).stop_lon);
  const totalM = lengthOf(points);
  let now = project(points, pointOf(calls[0]), 0).alongM;
  const legs = calls.slice(1).map((call, index) => {
    const before = calls[index];
    const ahead = project(points, pointOf(call), now + 1);
    const leg = { from: before.stop, to: call.stop, seconds: call.second - before.second };
    if (ahead.offM < 5) {
      const way = cut(points, now, ahead.alongM);
      now = ahead.alongM;
      return { ...leg, way };
    }
    const around = project(points, pointOf(call), 0).alongM;
    const way = [...cut(points, now, totalM), ...cut(points, 0, around)];
    now = around;
    return { ...leg, way };
  });
  return { line, legs };
});

/** Points every few metres along a way, each with the direction in which it is passed; corners and both ends are among them. */
const follow = (way) => {
  const samples = [];
  for (let i = 1; i < way.length; i++) {
    const [a, b] = [way[i - 1], way[i]];
    const steps = Math.max(1, Math.ceil(distance(a, b) / STEP_M));
    if (distance(a, b) === 0) continue;
    for (let step = i === 1 ? 0 : 1; step <= steps; step++) {
      samples.push({ ...between(a, b, step / steps), heading: heading(a, b) });
    }
  }
  return samples;
};

// 1. Nodes. First those at stops, so that every line that passes a stop in the same direction passes its node; then one wherever a shape is on no road yet.
const nodes = [];
const addNode = (point) => nodes.push({ ...point, links: 0 }) - 1;
const findNode = (point, withinM) => {
  let [best, bestM] = [-1, withinM];
  nodes.forEach((node, index) => {
    if (Math.abs(node.x - point.x) > withinM || Math.abs(node.y - point.y) > withinM) return;
    const away = distance(node, point);
    if (away < bestM && turn(node.heading, point.heading) < SAME_WAY_DEG) [best, bestM] = [index, away];
  });
  return best;
};
const nodeAtStop = new Map();
for (const { legs } of lines) {
  for (const { from, way } of legs) {
    const [start] = follow(way);
    const known = nodeAtStop.get(from) ?? findNode(start, 1);
    nodeAtStop.set(from, known >= 0 ? known : addNode(start));
  }
}
const stopNodes = new Set(nodeAtStop.values());

/** The nodes that a leg passes, from stop to stop. */
const passOf = ({ from, to, way }) => {
  const pass = [nodeAtStop.get(from)];
  for (const sample of follow(way)) {
    const found = findNode(sample, SAME_ROAD_M);
    const node = found >= 0 ? found : addNode(sample);
    if (pass.at(-1) !== node) pass.push(node);
  }
  if (pass.at(-1) !== nodeAtStop.get(to)) pass.push(nodeAtStop.get(to));
  // A step to a node and back at once comes from two nodes that are equally near.
  return pass.filter((node, index) => index === 0 || pass[index - 2] !== node || stopNodes.has(node));
};
const legs = lines.flatMap(({ line, legs: own }) => own.map((leg) => ({ line, ...leg, pass: passOf(leg) })));

// 2. Crossings: where two roads meet at an angle, both get a node.
const edges = new Map();
for (const { pass } of legs) pass.slice(1).forEach((to, index) => edges.set(`${pass[index]} ${to}`, [pass[index], to]));
const splits = new Map();
const all = [...edges.values()];
for (let i = 0; i < all.length; i++) {
  for (let j = i + 1; j < all.length; j++) {
    const [[a, b], [c, d]] = [all[i], all[j]];
    if (a === c || a === d || b === c || b === d) continue;
    const [p, q, r, t] = [nodes[a], nodes[b], nodes[c], nodes[d]];
    const det = (q.x - p.x) * (t.y - r.y) - (q.y - p.y) * (t.x - r.x);
    if (det === 0) continue;
    const share = ((r.x - p.x) * (t.y - r.y) - (r.y - p.y) * (t.x - r.x)) / det;
    const other = ((r.x - p.x) * (q.y - p.y) - (r.y - p.y) * (q.x - p.x)) / det;
    if (share < 0 || share > 1 || other < 0 || other > 1) continue;
    const angle = turn(heading(p, q), heading(r, t));
    if (angle < CROSSING_DEG || angle > 180 - CROSSING_DEG) continue;
    const node = addNode(between(p, q, share));
    for (const [edge, at] of [
      [`${a} ${b}`, share],
      [`${c} ${d}`, other],
    ]) {
      splits.set(edge, [...(splits.get(edge) ?? []), { node, at }]);
    }
  }
}
for (const leg of legs) {
  leg.pass = leg.pass.flatMap((to, index) => {
    const cuts = index === 0 ? [] : (splits.get(`${leg.pass[index - 1]} ${to}`) ?? []);
    return [...cuts.toSorted((a, b) => a.at - b.at).map(({ node }) => node), to];
  });
}

// 3. Roads: between stops, crossings and forks the nodes are only bends; flat ones are left out, the length stays.
const next = new Map();
const previous = new Map();
const note = (map, key, value) => map.set(key, (map.get(key) ?? new Set()).add(value));
for (const { pass } of legs) {
  pass.slice(1).forEach((to, index) => {
    note(next, pass[index], to);
    note(previous, to, pass[index]);
  });
}
const isKept = (node) => stopNodes.has(node) || next.get(node)?.size !== 1 || previous.get(node)?.size !== 1;

/** The bends of a chain that are not flat (Ramer, Douglas and Peucker), by index. */
const bendsOf = (chain, first, last) => {
  let [worst, worstM] = [-1, BEND_M];
  for (let i = first + 1; i < last; i++) {
    const offM = project([nodes[chain[first]], nodes[chain[last]]], nodes[chain[i]], 0).offM;
    if (offM > worstM) [worst, worstM] = [i, offM];
  }
  return worst < 0 ? [] : [...bendsOf(chain, first, worst), worst, ...bendsOf(chain, worst, last)];
};

const links = new Map();
for (const leg of legs) {
  leg.links = [];
  let first = 0;
  for (let last = 1; last < leg.pass.length; last++) {
    if (!isKept(leg.pass[last])) continue;
    const chain = leg.pass.slice(first, last + 1);
    const corners = [0, ...bendsOf(chain, 0, chain.length - 1), chain.length - 1];
    corners.slice(1).forEach((corner, index) => {
      const part = chain.slice(corners[index], corner + 1);
      const key = `${part[0]} ${part.at(-1)}`;
      if (!links.has(key)) {
        links.set(key, {
          from: part[0],
          to: part.at(-1),
          metres: lengthOf(part.map((node) => nodes[node])),
          leg,
          uses: [],
        });
      }
      leg.links.push(links.get(key));
    });
    first = last;
  }
}

// 4. Speed: of all legs over a link, as the timetable has them, held where its times cannot be meant (447 m in 8 s).
for (const leg of legs) for (const link of leg.links) link.uses.push(leg);
const metresOf = (leg) => leg.links.reduce((sum, { metres }) => sum + metres, 0);
const speedOf = ({ uses }) => {
  const [metres, seconds] = [
    uses.reduce((sum, leg) => sum + metresOf(leg), 0),
    uses.reduce((sum, leg) => sum + leg.seconds, 0),
  ];
  return Math.min(SPEEDS_KMH.most, Math.max(SPEEDS_KMH.least, (3.6 * metres) / seconds));
};

// 5. Files.
const nameOf = (stop) => stopRows.get(stop).stop_name.trim();
const numbers = new Map();
for (const { from, to } of links.values())
  for (const node of [from, to]) if (!numbers.has(node)) numbers.set(node, numbers.size + 1);
const stopsAt = new Map([...nodeAtStop].map(([stop, node]) => [node, stop]));
const latLon = ({ x, y }) => [Number(origin.stop_lat) + y / METRES_PER_DEGREE, Number(origin.stop_lon) + x / perLon];
const text = (value) => (/[",]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value);
const nodeRows = [...numbers].map(([node, number]) => {
  const [lat, lon] = latLon(nodes[node]);
  return [number, stopsAt.get(node) ?? '', lon.toFixed(6), lat.toFixed(6)].join(',');
});
const linkRows = [...links.values()].map((link, index) => {
  const name = `${nameOf(link.leg.from)} - ${nameOf(link.leg.to)}`;
  const speed = speedOf(link).toFixed(1);
  return [
    index + 1,
    numbers.get(link.from),
    numbers.get(link.to),
    1,
    Math.max(0.1, link.metres).toFixed(1),
    speed,
    text(name),
  ].join(',');
});
writeFileSync(here('node.csv'), `${['node_id,name,x_coord,y_coord', ...nodeRows].join('\n')}\n`);
writeFileSync(
  here('link.csv'),
  `${['link_id,from_node_id,to_node_id,directed,length,free_speed,name', ...linkRows].join('\n')}\n`,
);
const km = (metres) => `${(metres / 1000).toFixed(1)} km`;
const drawn = legs.reduce((sum, { way }) => sum + lengthOf(way), 0);
const made = [...links.values()].reduce((sum, { metres }) => sum + metres, 0);
console.log(`${numbers.size} nodes, ${links.size} links, ${km(made)} of road for ${km(drawn)} of lines.`);
