import { describe, expect, it } from '@jest/globals';

import { readRoads } from './read-roads.js';

const nodes = 'node_id,x_coord,y_coord\n1,12.1,46.5\n2,12.2,46.6\n';
const links = 'link_id,from_node_id,to_node_id,directed,length,free_speed,name,chains\na,1,2,1,900,50,Pass road,1\n';

const read = (nodeText = nodes, linkText = links) =>
  readRoads({ file: 'node.csv', bytes: Buffer.from(nodeText) }, { file: 'link.csv', bytes: Buffer.from(linkText) });

const faultsOf = (nodeText?: string, linkText?: string) => {
  const result = read(nodeText, linkText);
  return result.ok ? [] : result.error.map(({ file, path, value, rule }) => [file, path, value, rule]);
};

const withLinks = (...rows: readonly string[]): string => `${links.split('\n')[0] ?? ''}\n${rows.join('\n')}\n`;

describe('readRoads', () => {
  it('reads nodes and links, blank fields as absent', () => {
    const result = read();
    expect(result.ok && result.value).toEqual({
      nodes: [
        { id: '1', lat: 46.5, lon: 12.1 },
        { id: '2', lat: 46.6, lon: 12.2 },
      ],
      links: [
        {
          id: 'a',
          from: '1',
          to: '2',
          directed: true,
          lengthM: 900,
          freeSpeedKmh: 50,
          name: 'Pass road',
          maxHeightM: undefined,
          maxWeightT: undefined,
          chains: true,
          permit: undefined,
        },
      ],
    });
  });

  it('passes over columns that it does not know, in any order', () => {
    expect(faultsOf('zone_id,y_coord,x_coord,node_id\n,46.5,12.1,1\n,46.6,12.2,2\n')).toEqual([]);
  });

  it('names a node that is not there', () => {
    expect(faultsOf(nodes, withLinks('a,1,7,1,900,50'))).toEqual([
      ['link.csv', 'row 2, to_node_id', '"7"', 'unknown_node'],
    ]);
  });

  it('names lengths and speeds that are not above 0, and what is no number', () => {
    expect(
      faultsOf(nodes, withLinks('a,1,2,1,0,50,,', 'b,1,2,1,-3,50,,', 'c,1,2,1,9,0,,', 'd,1,2,1,far,50,,')),
    ).toEqual([
      ['link.csv', 'row 2, length', '"0"', 'positive'],
      ['link.csv', 'row 3, length', '"-3"', 'positive'],
      ['link.csv', 'row 4, free_speed', '"0"', 'positive'],
      ['link.csv', 'row 5, length', '"far"', 'number'],
    ]);
  });

  it('names ids that occur twice, what is missing and what is no place on earth', () => {
    expect(faultsOf(`${nodes}2,12.3,46.7\n`, withLinks('a,1,2,1,9,50,,', 'a,2,1,1,9,50,,'))).toEqual([
      ['node.csv', 'row 4, node_id', '"2"', 'duplicate_id'],
      ['link.csv', 'row 3, link_id', '"a"', 'duplicate_id'],
    ]);
    expect(faultsOf('node_id,x_coord,y_coord\n1,190,46.5\n,12.1,46.5\n')).toEqual([
      ['node.csv', 'row 2, x_coord', '"190"', 'degrees'],
      ['node.csv', 'row 3, node_id', '""', 'missing'],
    ]);
    expect(faultsOf(nodes, withLinks('a,1,2,both,9,50,,'))).toEqual([
      ['link.csv', 'row 2, directed', '"both"', 'choice'],
    ]);
  });

  it('names a row with more fields than the header', () => {
    expect(faultsOf(nodes, withLinks('a,1,2,1,900,50,,,,9'))).toEqual([['link.csv', '', '""', 'csv_syntax']]);
  });

  it('names an empty table', () => {
    expect(faultsOf('node_id,x_coord,y_coord\n')).toEqual([['node.csv', '', '""', 'too_few']]);
  });
});
