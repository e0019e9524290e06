import { startSimulator } from './index';
import type { SimulatorOptions } from './index';
import { HELP, readSettings } from './settings';

// Without the ID of a number it is the credential of an On-Premises API.
const credential = (url: string, apiVariant: SimulatorOptions['apiVariant']) =>
  JSON.stringify(
    {
      baseUrl: url,
      apiToken: 'any-text',
      ...(apiVariant === 'cloud' && { phoneNumberId: '100000000000001' }),
    },
    null,
    2,
  );

async function run(): Promise<void> {
  const settings = readSettings(process.argv.slice(2), process.env);
  if (settings.help) return console.log(HELP);
  const apiVariant = settings['on-premises'] ? 'on-premises' : 'cloud';
  const { url, close } = await startSimulator({
    port: settings.port,
    host: settings.host,
    apiVariant,
    strictTemplates: settings.strict,
  });
  console.log(`WhatsApp simulator: ${url}`);
  console.log(`Point a credential at it:\n${credential(url, apiVariant)}`);
  console.log(`What was sent: ${url}/simulator/transcript`);
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => void close());
}

run().catch((error: Error) => {
  console.error(error.message);
  process.exitCode = 1;
});
