// Tells how many milliseconds the first import of a module takes in this process.
const [module] = process.argv.slice(2);
const started = performance.now();
await import(module);
process.send(performance.now() - started);
process.disconnect();
