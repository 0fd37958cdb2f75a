/** What to do about a provider that is not saved because its test failed. Clients put how they save it regardless. */
export const orSaveAsItIs = 'Correct it, or save it as it is.'
