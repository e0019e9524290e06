import { parseArgs } from 'node:util';
import { startSimulator } from './index';
import type { SimulatorOptions } from './index';

const HELP = `whatsapp-simulator: a local WhatsApp Cloud API

  --port         the port to listen on (4100; 0 takes a free one)
  --host         the address to listen on (127.0.0.1)
  --on-premises  speak as the On-Premises API did, and as Turn.io does
  --strict       refuse templates that no account has
  --help         this text
`;

const readOptions = () =>
  parseArgs({
    options: {
      port: { type: 'string', default: '4100' },
      host: { type: 'string', default: '127.0.0.1' },
      'on-premises': { type: 'boolean', default: false },
      strict: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  }).values;

// Without the ID of a number it is the credential of an On-Premises API.
const credential = (url: string, dialect: SimulatorOptions['dialect']) =>
  JSON.stringify(
    {
      baseUrl: url,
      apiToken: 'any-text',
      ...(dialect === 'cloud' && { phoneNumberId: '100000000000001' }),
    },
    null,
    2,
  );

const run = async () => {
  const {
    port,
    host,
    strict,
    help,
    'on-premises': isOnPremises,
  } = readOptions();
  const dialect = isOnPremises ? 'on-premises' : 'cloud';
  if (help) return console.log(HELP);
  if (!/^\d{1,5}$/.test(port)) throw new Error(`--port ${port}: not a port`);
  const simulator = await startSimulator({
    port: Number(port),
    host,
    dialect,
    strictTemplates: strict,
  });
  console.log(`WhatsApp simulator: ${simulator.url}`);
  console.log(
    `Point a credential at it:\n${credential(simulator.url, dialect)}`,
  );
  console.log(`What was sent: ${simulator.url}/simulator/transcript`);
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => void simulator.close());
};

run().catch((error: Error) => {
  console.error(error.message);
  process.exitCode = 1;
});
