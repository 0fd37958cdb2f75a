const PREFIX = 'homeport.draft.'

/** What was typed in a chat and not sent. It outlives a reload. */
export function readDraft(chatId: string | null): string {
  return localStorage.getItem(PREFIX + (chatId ?? 'new')) ?? ''
}

export function keepDraft(chatId: string | null, text: string): void {
  const key = PREFIX + (chatId ?? 'new')
  if (text === '') localStorage.removeItem(key)
  else localStorage.setItem(key, text)
}
