import type { Reader, Statement } from '../store/store.ts'

/** The settings a person changed, by name, as JSON texts. */
export function readSettingRows(reader: Reader): { name: string; value: string }[] {
  return reader.all('SELECT name, value FROM settings')
}

export function putSetting(name: string, json: string): Statement {
  return {
    sql: 'INSERT INTO settings (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value',
    params: [name, json]
  }
}
