import { encodePayload } from '../profiles/sparkplug/metric.fixture.js';

/** A payload as a device of the world sends it, what the pack would say of the device, and the points' values that come of it. */
export interface Sample {
  readonly name: string;
  readonly source: string;
  readonly licence: string;
  readonly profile: string;
  /** Filter of the pack's device, and topic of the message. */
  readonly filter: string;
  readonly topic: string;
  readonly payload: unknown;
  /** Arrival, near what the payload says of its time. */
  readonly received: string;
  /** Channel and unit of each point (`from`, `unit`, perhaps `source_unit`), and its values at their times; undefined is the time of arrival. */
  readonly points: readonly {
    readonly from: string;
    readonly unit: string;
    readonly source_unit?: string;
    readonly values: readonly (readonly [number, string | undefined])[];
  }[];
}

const em = {
  a_act_power: 375.5,
  a_aprt_power: 547.4,
  a_current: 2.392,
  a_freq: 50.0,
  a_pf: 0.76,
  a_voltage: 229.0,
  b_act_power: 170.8,
  b_voltage: 229.0,
  c_act_power: 12.7,
  c_voltage: 229.2,
  id: 0,
  n_current: null,
  total_act_power: 558.965,
  total_aprt_power: 882.413,
  total_current: 3.856,
  user_calibrated_phase: [],
};
const shellyDump = 'home-assistant-libs/aioshelly@ea7a88f4, fixture of a Shelly Pro 3EM';
const victronReadme = 'victronenergy/dbus-flashmq@bb470b7a README.md';

/** Abridged where a payload only repeats itself. */
export const samples: readonly Sample[] = [
  {
    name: 'Shelly Gen2, status of a three-phase meter',
    source: shellyDump,
    licence: 'Apache-2.0',
    profile: 'shelly_gen2',
    filter: 'shellypro3em-x/status/#',
    topic: 'shellypro3em-x/status/em:0',
    payload: em,
    received: '2023-12-19T13:40:01Z',
    points: [
      { from: 'em:0.total_act_power', unit: 'kW', values: [[0.558965, undefined]] },
      { from: 'em:0.total_aprt_power', unit: 'kVA', values: [[0.882413, undefined]] },
      { from: 'em:0.a_voltage', unit: 'V', values: [[229, undefined]] },
      { from: 'em:0.a_current', unit: 'A', values: [[2.392, undefined]] },
      { from: 'em:0.a_freq', unit: 'Hz', values: [[50, undefined]] },
      { from: 'em:0.a_pf', unit: 'ratio', values: [[0.76, undefined]] },
      { from: 'em:0.n_current', unit: 'A', values: [] },
    ],
  },
  {
    name: 'Shelly Gen2, counters of a three-phase meter',
    source: shellyDump,
    licence: 'Apache-2.0',
    profile: 'shelly_gen2',
    filter: 'shellypro3em-x/status/#',
    topic: 'shellypro3em-x/status/emdata:0',
    payload: {
      a_total_act_energy: 2034616.71,
      c_total_act_ret_energy: 985.91,
      id: 0,
      total_act: 2589773.39,
      total_act_ret: 1026.61,
    },
    received: '2023-12-19T13:40:01Z',
    points: [
      { from: 'emdata:0.total_act', unit: 'kWh', values: [[2589.77339, undefined]] },
      { from: 'emdata:0.total_act_ret', unit: 'kWh', values: [[1.02661, undefined]] },
      { from: 'emdata:0.a_total_act_energy', unit: 'kWh', values: [[2034.61671, undefined]] },
    ],
  },
  {
    name: 'Shelly Gen2, status of a single-phase meter',
    source: 'Jan200101/ShellyPy#20',
    licence: 'text of an issue',
    profile: 'shelly_gen2',
    filter: '+/status/#',
    topic: 'em50/status/em1:0',
    payload: {
      id: 1,
      current: 2.598,
      voltage: 234.9,
      act_power: 501.8,
      aprt_power: 612.4,
      pf: 0.84,
      freq: 50,
      calibration: 'factory',
    },
    received: '2023-12-19T13:40:01Z',
    points: [
      { from: 'em50/em1:0.act_power', unit: 'kW', values: [[0.5018, undefined]] },
      { from: 'em50/em1:0.voltage', unit: 'V', values: [[234.9, undefined]] },
      { from: 'em50/em1:0.pf', unit: 'ratio', values: [[0.84, undefined]] },
    ],
  },
  {
    name: 'Shelly Gen2, notification',
    source: 'shelly-api-docs.shelly.cloud/gen2/General/Notifications, with the status above',
    licence: 'composed',
    profile: 'shelly_gen2',
    filter: 'shellypro3em-x/events/#',
    topic: 'shellypro3em-x/events/rpc',
    payload: {
      src: 'shellypro3em-x',
      dst: 'shellypro3em-x/events',
      method: 'NotifyStatus',
      params: { ts: 1702991000.0, 'em:0': em },
    },
    received: '2023-12-19T13:40:01Z',
    points: [
      { from: 'em:0.total_act_power', unit: 'kW', values: [[0.558965, '2023-12-19T13:03:20Z']] },
      { from: 'em:0.total_current', unit: 'A', values: [[3.856, '2023-12-19T13:03:20Z']] },
    ],
  },
  {
    name: 'Tasmota, energy',
    source: 'tasmota/docs@9849ab94 docs/JSON-Status-Responses.md, its time written as of today',
    licence: 'documentation',
    profile: 'tasmota',
    filter: 'tele/plug/#',
    topic: 'tele/plug/SENSOR',
    payload: {
      Time: '2018-02-04T23:17:01',
      ENERGY: { Total: 3.185, Yesterday: 3.058, Today: 0.127, Power: 0, Factor: 0.0, Voltage: 221, Current: 0.0 },
    },
    received: '2018-02-04T22:17:05Z',
    points: [
      { from: 'ENERGY.Total', unit: 'kWh', values: [[3.185, '2018-02-04T22:17:01Z']] },
      { from: 'ENERGY.Power', unit: 'kW', values: [[0, '2018-02-04T22:17:01Z']] },
      { from: 'ENERGY.Voltage', unit: 'V', values: [[221, '2018-02-04T22:17:01Z']] },
      { from: 'ENERGY.Factor', unit: 'ratio', values: [[0, '2018-02-04T22:17:01Z']] },
    ],
  },
  {
    name: 'Tasmota, meter of a French house',
    source: 'tasmota/docs@9849ab94 docs/Teleinfo.md',
    licence: 'documentation',
    profile: 'tasmota',
    filter: 'linky/tele/#',
    topic: 'linky/tele/SENSOR',
    payload: {
      Time: '2021-10-26T17:28:45',
      ENERGY: {
        TotalStartTime: '2021-10-25T15:22:04',
        Total: 9098.245,
        Yesterday: 6822.685,
        Today: 2275.56,
        Period: 9,
        Power: 170,
        Current: 1.0,
        Load: 6,
      },
    },
    received: '2021-10-26T15:28:47Z',
    points: [
      { from: 'ENERGY.Total', unit: 'kWh', values: [[9098.245, '2021-10-26T15:28:45Z']] },
      { from: 'ENERGY.Power', unit: 'kW', values: [[0.17, '2021-10-26T15:28:45Z']] },
      { from: 'ENERGY.Period', unit: 'kWh', values: [[0.009, '2021-10-26T15:28:45Z']] },
    ],
  },
  {
    name: 'Zigbee2MQTT, plug',
    source: 'Koenkk/zigbee2mqtt#32463',
    licence: 'log in an issue',
    profile: 'zigbee2mqtt',
    filter: 'zigbee2mqtt/z1/#',
    topic: 'zigbee2mqtt/z1',
    payload: {
      child_lock: 'UNLOCK',
      current: 0,
      energy: 12.05,
      identify: null,
      last_seen: '2026-07-27T09:41:41+02:00',
      linkquality: 43,
      power: 0,
      state: 'OFF',
      update: { installed_version: 268449287, latest_source: null, state: 'idle' },
      voltage: 243,
    },
    received: '2026-07-27T07:41:42Z',
    points: [
      { from: 'energy', unit: 'kWh', values: [[12.05, '2026-07-27T07:41:41Z']] },
      { from: 'power', unit: 'kW', values: [[0, '2026-07-27T07:41:41Z']] },
      { from: 'voltage', unit: 'V', values: [[243, '2026-07-27T07:41:41Z']] },
      { from: 'state', unit: 'ratio', values: [[0, '2026-07-27T07:41:41Z']] },
    ],
  },
  {
    name: 'Zigbee2MQTT, plug of two channels',
    source: 'maziggy/bambuddy#173',
    licence: 'text of an issue',
    profile: 'zigbee2mqtt',
    filter: 'zigbee2mqtt/twin',
    topic: 'zigbee2mqtt/twin',
    payload: {
      current_l1: 0.125,
      energy_l1: 2.056,
      energy_l2: 0.006,
      linkquality: 87,
      power_l1: 8,
      power_l2: 0,
      power_apparent_l1: 9,
      power_factor_l1: 0,
      produced_energy_l1: 0,
      state_l1: 'ON',
      voltage_l1: 228.08,
    },
    received: '2026-07-27T07:41:42Z',
    points: [
      { from: 'power_l1', unit: 'kW', values: [[0.008, undefined]] },
      { from: 'energy_l1', unit: 'kWh', values: [[2.056, undefined]] },
      { from: 'power_apparent_l1', unit: 'kVA', values: [[0.009, undefined]] },
      { from: 'voltage_l1', unit: 'V', values: [[228.08, undefined]] },
      { from: 'produced_energy_l1', unit: 'kWh', values: [[0, undefined]] },
    ],
  },
  {
    name: 'Victron, notification',
    source: victronReadme,
    licence: 'MIT',
    profile: 'victron',
    filter: 'N/c0619ab1/#',
    topic: 'N/c0619ab1/pvinverter/20/Ac/Power',
    payload: { value: 936 },
    received: '2024-06-20T05:08:34Z',
    points: [{ from: 'pvinverter/20/Ac/Power', unit: 'kW', source_unit: 'W', values: [[0.936, undefined]] }],
  },
  {
    name: 'Victron, a setpoint, which is no measurement',
    source: victronReadme,
    licence: 'MIT',
    profile: 'victron',
    filter: '+/c0619ab1/#',
    topic: 'W/c0619ab1/vebus/257/Hub4/L1/AcPowerSetpoint',
    payload: { value: -200 },
    received: '2024-06-20T05:08:34Z',
    points: [{ from: 'vebus/257/Hub4/L1/AcPowerSetpoint', unit: 'kW', source_unit: 'W', values: [] }],
  },
  {
    name: 'Victron, the end of a full publish, which is no measurement',
    source: victronReadme,
    licence: 'MIT',
    profile: 'victron',
    filter: 'N/c0619ab1/#',
    topic: 'N/c0619ab1/full_publish_completed',
    payload: { 'full-publish-completed-echo': 'Ucq2YLVt6ZWdgUNf', value: 1718860914 },
    received: '2024-06-20T05:08:34Z',
    points: [{ from: 'full_publish_completed', unit: 'people', values: [] }],
  },
  {
    name: 'ThingsBoard, gateway',
    source: 'https://thingsboard.io/docs/reference/gateway-api/telemetry/',
    licence: 'documentation',
    profile: 'thingsboard_gateway',
    filter: 'v1/gateway/telemetry',
    topic: 'v1/gateway/telemetry',
    payload: {
      'Device A': [
        { ts: 1483228800000, values: { temperature: 42, humidity: 80 } },
        { ts: 1483228801000, values: { temperature: 43, humidity: 82 } },
      ],
      'Device B': [{ ts: 1483228800000, values: { temperature: 42, humidity: 80 } }],
    },
    received: '2017-01-01T00:00:02Z',
    points: [
      {
        from: 'Device A/temperature',
        unit: '°C',
        values: [
          [42, '2017-01-01T00:00:00Z'],
          [43, '2017-01-01T00:00:01Z'],
        ],
      },
      { from: 'Device B/humidity', unit: 'ratio', source_unit: '%', values: [[0.8, '2017-01-01T00:00:00Z']] },
    ],
  },
  {
    name: 'ThingsBoard, device',
    source: 'https://thingsboard.io/docs/reference/mqtt-api/telemetry/',
    licence: 'documentation',
    profile: 'thingsboard_device',
    filter: 'v1/devices/me/telemetry',
    topic: 'v1/devices/me/telemetry',
    payload: [
      { ts: 1451649600000, values: { temperature: 22.5, humidity: 61 } },
      { ts: 1451649601000, values: { temperature: 22.7, humidity: 60 } },
    ],
    received: '2016-01-01T12:00:02Z',
    points: [
      {
        from: 'temperature',
        unit: '°C',
        source_unit: 'degC',
        values: [
          [22.5, '2016-01-01T12:00:00Z'],
          [22.7, '2016-01-01T12:00:01Z'],
        ],
      },
    ],
  },
  {
    name: 'SenML with base and relative values',
    source: 'RFC 8428, 5.1.2, third example',
    licence: 'IETF',
    profile: 'senml',
    filter: 'senml/#',
    topic: 'senml/x',
    payload: [
      { bn: 'urn:dev:ow:10e2073a0108006:', bt: 1276020076.001, bu: 'A', bver: 5, n: 'voltage', u: 'V', v: 120.1 },
      { n: 'current', t: -5, v: 1.2 },
      { n: 'current', t: -4, v: 1.3 },
      { n: 'current', v: 1.7 },
    ],
    received: '2010-06-08T18:01:20Z',
    points: [
      { from: 'urn:dev:ow:10e2073a0108006:voltage', unit: 'V', values: [[120.1, '2010-06-08T18:01:16.001Z']] },
      {
        from: 'urn:dev:ow:10e2073a0108006:current',
        unit: 'A',
        values: [
          [1.2, '2010-06-08T18:01:11.001Z'],
          [1.3, '2010-06-08T18:01:12.001Z'],
          [1.7, '2010-06-08T18:01:16.001Z'],
        ],
      },
    ],
  },
  {
    name: 'Sparkplug B, device data',
    source: 'eclipse-sparkplug/sparkplug@e45b6100, Sparkplug_6_Payloads.adoc (DDATA), as protobuf',
    licence: 'EPL-2.0',
    profile: 'sparkplug_b',
    filter: 'spBv1.0/Sparkplug B Devices/+/Raspberry Pi/#',
    topic: 'spBv1.0/Sparkplug B Devices/DDATA/Raspberry Pi/Pibrella',
    payload: encodePayload({
      timestamp: 1486144502122,
      metrics: [
        { name: 'Inputs/A', timestamp: 1486144502122, type: 'Boolean', value: true },
        { name: 'Inputs/C', timestamp: 1486144502122, type: 'Boolean', value: true },
      ],
      seq: 0,
    }),
    received: '2017-02-03T17:55:03Z',
    points: [
      { from: 'Pibrella/Inputs/A', unit: 'ratio', values: [[1, '2017-02-03T17:55:02.122Z']] },
      { from: 'Pibrella/Inputs/C', unit: 'ratio', values: [[1, '2017-02-03T17:55:02.122Z']] },
    ],
  },
  {
    name: 'Homie 5, property',
    source: 'homieiot/convention@063301d6 convention.md',
    licence: 'CC-BY-4.0',
    profile: 'homie5',
    filter: 'homie/5/super-car/#',
    topic: 'homie/5/super-car/engine/temperature',
    payload: '21.5',
    received: '2026-01-01T12:00:00Z',
    points: [{ from: 'engine/temperature', unit: '°C', values: [[21.5, undefined]] }],
  },
];
