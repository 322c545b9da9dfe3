import { useMemo } from 'react';
import { fitView } from './project.js';
import type { LiveVehicle, Network } from './wire.js';

const WIDTH = 900;
const TALLEST = 520;

interface LineMapProps {
  readonly network: Network;
  readonly vehicles: readonly LiveVehicle[];
}

const colorOf = ({ lines }: Network, id: string): string => {
  const color = lines.find((line) => line.id === id)?.color;
  return color ? `#${color}` : 'var(--bar)';
};

/** The lines on the ground, and the vehicles on them. */
export const LineMap = ({ network, vehicles }: LineMapProps) => {
  const view = useMemo(
    () =>
      fitView(
        [...network.stops, ...network.patterns.flatMap(({ way }) => way.map(([lat, lon]) => ({ lat, lon })))],
        WIDTH,
        TALLEST,
      ),
    [network],
  );
  if (!view) return <p className="muted">The feed has no positions of its stops.</p>;
  const { place } = view;
  return (
    <svg
      className="line-map"
      viewBox={`0 0 ${view.width} ${view.height}`}
      role="img"
      aria-label={`Map of ${network.lines.length} lines with ${vehicles.length} vehicles; the table below says the same`}
    >
      {network.patterns.map(({ id, line, way }) => (
        <polyline
          key={id}
          points={way.map(([lat, lon]) => `${place(lat, lon).x},${place(lat, lon).y}`).join(' ')}
          stroke={colorOf(network, line)}
        />
      ))}
      {network.stops.map(({ id, name, lat, lon }) => (
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
