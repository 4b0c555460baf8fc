'use strict';
// Stands in for the default_app.asar that the fallback runtime lacks: it runs the app folder or script named by the
// first argument that is no switch, as `electron <path>` does.
const { app } = require('electron');
const fs = require('node:fs');
const Module = require('node:module');
const path = require('node:path');

Object.defineProperty(process, 'defaultApp', { configurable: false, enumerable: true, value: true });

/** Splits Electron's own arguments from the app path and what belongs to the app. */
function readArguments(args) {
  const required = [];
  for (let at = 0; at < args.length; at++) {
    if (args[at] === '-r' || args[at] === '--require') required.push(args[++at]);
    else if (args[at] === '--version' || args[at] === '-v')
      return { answer: `v${process.versions.electron}` };
    else if (!args[at].startsWith('-')) return { required, at, target: args[at] };
  }
  return { required };
}

function describeApp(folder) {
  const file = path.join(folder, 'package.json');
  if (!fs.existsSync(file)) return;
  const about = JSON.parse(fs.readFileSync(file, 'utf8'));
  if (about.version) app.setVersion(about.version);
  app.name = about.productName ?? about.name ?? app.name;
  app.setDesktopName(about.desktopName ?? `${app.name}.desktop`);
}

function start() {
  const { answer, required = [], at, target } = readArguments(process.argv.slice(1));
  if (answer) {
    console.log(answer);
    process.exit(0);
  }
  for (const name of required) require(name.startsWith('.') ? path.resolve(name) : name);
  if (!target) throw new Error('usage: electron <app folder or script>');
  const place = path.resolve(target);
  describeApp(place);
  const file = Module._resolveFilename(place, null, true);
  app.setAppPath(fs.statSync(place).isDirectory() ? place : path.dirname(file));
  process.argv.splice(1, at); // what remains is [program, app, ...the app's own arguments]
  Module._load(file, null, true);
}

try {
  start();
} catch (error) {
  console.error(`The app could not be started: ${error.stack ?? error}`);
  process.exit(1);
}
