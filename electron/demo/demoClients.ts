import type { Faker } from '@faker-js/faker';
import { faker as czech } from '@faker-js/faker/locale/cs_CZ';
import { faker as german } from '@faker-js/faker/locale/de';
import { faker as spanish } from '@faker-js/faker/locale/es';
import { faker as french } from '@faker-js/faker/locale/fr';
import { faker as italian } from '@faker-js/faker/locale/it';
import { faker as dutch } from '@faker-js/faker/locale/nl';
import { faker as polish } from '@faker-js/faker/locale/pl';
import { faker as swedish } from '@faker-js/faker/locale/sv';
import type { ClientFields } from '../contract/clients.ts';
import { fold } from '../text/fold.ts';
import { type Random, weighted } from './random.ts';

/** A client of the demo office, and who is met there. */
export interface DemoClient extends ClientFields {
  readonly people: readonly string[];
}

interface Country {
  readonly faker: Faker;
  /** Places one knows: invented ones look like mistakes. */
  readonly cities: readonly string[];
}

const country = (faker: Faker, cities: string): Country => ({ faker, cities: cities.split(', ') });

/** A Brussels office: mostly Belgian clients, some from all over. */
const countryOf = weighted<Country>([
  [country(french, 'Bruxelles, Liège, Namur, Charleroi, Mons, Tournai, Nivelles, Verviers'), 30],
  [country(dutch, 'Brussel, Antwerpen, Gent, Leuven, Brugge, Mechelen, Kortrijk, Hasselt, Oostende'), 30],
  [country(german, 'Eupen, Aachen, Köln, Düsseldorf, Trier, Saarbrücken'), 12],
  [country(french, 'Lille, Paris, Luxembourg, Reims, Besançon'), 8],
  [country(dutch, 'Maastricht, Eindhoven, Breda, Rotterdam'), 7],
  [country(italian, 'Milano, Bologna, Torino'), 4],
  [country(spanish, 'Madrid, León, Málaga'), 3],
  [country(polish, 'Kraków, Łódź, Wrocław'), 3],
  [country(swedish, 'Malmö, Göteborg'), 2],
  [country(czech, 'Brno, Plzeň'), 1],
]);

const notes = [
  'Prefers to be called before noon.',
  'Invoices go to the accountant by e-mail.',
  'Parking behind the building; ring twice.',
  'Speaks French and Dutch.',
  'Contract renewed every January.',
  'Sends documents late in the quarter; remind early.',
];

/** @returns clients with different names, the same ones for the same seed */
export function demoClients(random: Random, count: number, seed: number): DemoClient[] {
  const taken = new Set<string>();
  const clients: DemoClient[] = [];
  for (const faker of [czech, german, spanish, french, italian, dutch, polish, swedish]) faker.seed(seed);
  while (clients.length < count) {
    const client = demoClient(random);
    if (taken.has(fold(client.name))) continue;
    taken.add(fold(client.name));
    clients.push(client);
  }
  return clients;
}

function demoClient(random: Random): DemoClient {
  const { faker, cities } = countryOf(random);
  const isPerson = random.chance(0.25);
  const people = Array.from({ length: random.between(1, 3) }, () => personOf(faker));
  return {
    name: isPerson ? (people[0] as string) : faker.company.name(),
    kind: isPerson ? 'person' : 'company',
    city: random.pick(cities),
    ownerId: null,
    notes: random.chance(0.3) ? random.pick(notes) : '',
    people: isPerson ? people.slice(0, 1) : people,
  };
}

const personOf = (faker: Faker): string => `${faker.person.firstName()} ${faker.person.lastName()}`;
