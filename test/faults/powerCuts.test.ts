import { testPowerCuts } from '../crashes/powerCuts.ts';

const cuts = Number(process.env['DAYBOOK_CUTS'] ?? 200);

testPowerCuts({ saving: cuts, rewriting: cuts, control: Math.ceil(cuts / 10) });
