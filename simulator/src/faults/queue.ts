import { ATTACHMENTS } from '../media/damage';
import type { Fault } from './fault';
import { checkFault } from './fault';

/** A part of the paths that a fault is for; downloads are spoiled where they come from. */
const placeOf = ({ path, media }: Fault) => path ?? (media ? ATTACHMENTS : '');

/** Faults that wait for their calls, the first one first. */
export const faultQueue = () => {
  const waiting: (Fault & { times: number })[] = [];

  const add = (fault: Fault) => {
    checkFault(fault);
    waiting.push({ ...fault, times: fault.times ?? 1 });
  };

  const take = (path: string): Fault | undefined => {
    const fault = waiting.find(each => path.includes(placeOf(each)));
    if (fault && --fault.times === 0) waiting.splice(waiting.indexOf(fault), 1);
    return fault;
  };

  const clear = () => void waiting.splice(0);
  return { add, take, clear, waiting: () => [...waiting] };
};
