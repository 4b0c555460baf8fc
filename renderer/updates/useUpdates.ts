import { useQuery } from '@tanstack/react-query';
import { daybook } from '../daybook.ts';

/** What this computer knows of updates; asked again whenever main says that it changed. */
export const useUpdates = () => useQuery({ queryKey: ['updates'], queryFn: () => daybook.updates.status() });
