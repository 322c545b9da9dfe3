import { useMemo } from 'react';
import { type Area, areasOf, nearestArea } from './areas.js';
import { fitView } from './project.js';
import type { LiveVehicle, Network } from './wire.js';

/** Of a map by itself, and of one among several. */
const WHOLE = { width: 900, tallest: 520 };
const PART = { width: 430, tallest: 260 };

interface LineMapProps {
  readonly network: Network;
  readonly vehicles: readonly LiveVehicle[];
}

const colorOf = ({ lines }: Network, id: string): string => {
  const color = lines.find((line) => line.id === id)?.color;
  return color ? `#${color}` : 'var(--bar)';
};

/** The lines on the ground, and the vehicles on them. An event whose places lie far apart has a map of each. */
export const LineMap = ({ network, vehicles }: LineMapProps) => {
  const areas = useMemo(() => areasOf(network), [network]);
  if (areas.length < 2) return <AreaMap network={network} area={network} vehicles={vehicles} size={WHOLE} />;
  const near = new Map<Area | undefined, LiveVehicle[]>();
  for (const vehicle of vehicles) {
    const area = nearestArea(areas, vehicle);
    near.set(area, [...(near.get(area) ?? []), vehicle]);
  }
  return (
    <div className="maps">
      {areas.map((area) => (
        <figure key={area.patterns[0]?.id}>
          <figcaption>{area.name}</figcaption>
          <AreaMap network={network} area={area} vehicles={near.get(area) ?? []} size={PART} />
        </figure>
      ))}
    </div>
  );
};

interface AreaMapProps extends LineMapProps {
  readonly area: Pick<Area, 'stops' | 'patterns'>;
  readonly size: { readonly width: number; readonly tallest: number };
}

const AreaMap = ({ network, area, vehicles, size }: AreaMapProps) => {
  const view = useMemo(
    () =>
      fitView(
        [...area.stops, ...area.patterns.flatMap(({ way }) => way.map(([lat, lon]) => ({ lat, lon })))],
        size.width,
        size.tallest,
      ),
    [area, size],
  );
  if (!view) return <p className="muted">The feed has no positions of its stops.</p>;
  const { place } = view;
  const lines = new Set(area.patterns.map(({ line }) => line)).size;
  return (
    <svg
      className="line-map"
      viewBox={`0 0 ${view.width} ${view.height}`}
      role="img"
      aria-label={`Map of ${lines} lines with ${vehicles.length} vehicles; the table below says the same`}
    >
      {area.patterns.map(({ id, line, way }) => (
        <polyline
          key={id}
          points={way.map(([lat, lon]) => `${place(lat, lon).x},${place(lat, lon).y}`).join(' ')}
          stroke={colorOf(network, line)}
        />
      ))}
      {area.stops.map(({ id, name, lat, lon }) => (
        <circle key={id} className="stop" r={2} cx={place(lat, lon).x} cy={place(lat, lon).y}>
          <title>{name}</title>
        </circle>
      ))}
      {vehicles.map((vehicle) => {
        const { x, y } = place(vehicle.lat, vehicle.lon);
        const state = vehicle.troubles.length > 0 ? 'bad' : vehicle.trip ? 'driving' : 'idle';
        return (
          <g key={vehicle.vehicle} className="vehicle" data-state={state} transform={`translate(${x} ${y})`}>
            <title>{`${vehicle.vehicle}${vehicle.trip ? `, line ${vehicle.trip.line}` : ', between trips'}`}</title>
            {vehicle.trip && vehicle.bearing !== undefined && (
              <path d="M0 -11 L4 -4 L-4 -4 Z" transform={`rotate(${vehicle.bearing})`} />
            )}
            <circle r={5.5} fill={vehicle.trip ? colorOf(network, vehicle.trip.line) : undefined} />
          </g>
        );
      })}
    </svg>
  );
};
