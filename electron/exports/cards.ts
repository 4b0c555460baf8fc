import { VCard } from 'vcard-creator';
import type { ClientRow } from '../contract/clients.ts';

/** A client as a vCard 3.0, the version every address book reads. */
export function cardOf({ id, name, kind, city, notes, changedAt }: ClientRow): string {
  const card = new VCard().addFullName(name).addUid(id).addRevision(new Date(changedAt));
  // The parts of a person's name are not known: the family name takes all of it, so that nothing is guessed.
  if (kind === 'company') card.addName({}).addCompany({ name });
  else card.addName({ familyName: name });
  if (city !== '') card.addAddress({ locality: city, type: ['work'] });
  if (notes !== '') card.addNote(notes);
  return card.toString();
}
