/** Where roads meet or bend. WGS 84 degrees. */
export interface RoadNode {
  readonly id: string;
  readonly lat: number;
  readonly lon: number;
}

/** A stretch of road from one node to another, drawn straight. */
export interface RoadLink {
  readonly id: string;
  readonly from: string;
  readonly to: string;
  /** Not directed: it is driven both ways. */
  readonly directed: boolean;
  /** Along the road, m; positive. */
  readonly lengthM: number;
  /** Speed without other traffic in clear weather, km/h; positive. */
  readonly freeSpeedKmh: number;
  /** What people call it. */
  readonly name: string | undefined;
  readonly maxHeightM: number | undefined;
  readonly maxWeightT: number | undefined;
  /** In snow only with chains. */
  readonly chains: boolean;
  /** The permit that a vehicle needs to use it, such as olympic_lane. */
  readonly permit: string | undefined;
}

/** The roads of a pack. Every node that a link names is there, ids are unique. */
export interface RoadTables {
  readonly nodes: readonly RoadNode[];
  readonly links: readonly RoadLink[];
}
