import { isObject } from '../../core/values';
import type { DataPoint } from '../../types';
import { objectsIn } from '../change';
import { asIsoTime } from '../time';

/** The data points of an answer, flat, however deep Meta puts them. */
export function pointsIn(counted: readonly unknown[]): DataPoint[] {
  return counted
    .filter(isObject)
    .flatMap(({ data_points, data }) => [
      ...objectsIn(data_points).map(pointOf),
      ...pointsIn(objectsIn(data)),
    ]);
}

const pointOf = (point: Record<string, unknown>) =>
  ({
    ...point,
    start: asIsoTime(point['start']),
    end: asIsoTime(point['end']),
  }) as DataPoint;
