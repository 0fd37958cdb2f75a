// Pictures of Knowledge, and of chats that look things up: name, route, what to do there, and where it differs from the usual.
const button = (page, name) => page.getByRole('button', { name }).first()
const note = '#/knowledge/note?source=home&path=House%2FHeat+pump+offers.md'
const found = (words, then) => async (page) => {
  await page.getByRole('searchbox', { name: 'Search notes and files' }).fill(words)
  await page.waitForTimeout(900)
  await then?.(page)
}

export const knowledgePictures = [
  ['knowledge', '#/knowledge'],
  ['knowledge-search', '#/knowledge', found('heat pump', openFirst)],
  ['knowledge-why', '#/knowledge', found('heat pump', explainFirst)],
  ['knowledge-filters', '#/knowledge', found('heat pump', narrow)],
  ['knowledge-nothing', '#/knowledge', found('zebra')],
  ['knowledge-note', note],
  ['knowledge-graph', note, theirs],
  ['knowledge-gone', '#/knowledge/note?source=home&path=gone.md'],
  ['knowledge-source', '#/knowledge/source-home'],
  ['knowledge-indexing', '#/knowledge/source-papers'],
  ['knowledge-paid', '#/knowledge/source-home', chooseEmbedder],
  ['knowledge-menu', '#/knowledge', (page) => button(page, 'Actions for Home').click()],
  ['knowledge-remove', '#/knowledge', remove],
  ['knowledge-files', '#/knowledge/source-home.files'],
  ['knowledge-failed', '#/knowledge/source-home.files?status=failed'],
  ['knowledge-report', '#/knowledge/source-home.report'],
  ['knowledge-add', '#/knowledge/add', addPaid],
  ['knowledge-wrong', '#/knowledge/add', addNowhere],
  ['chat-cited', '#/chat/c-knowledge'],
  ['chat-cited-hover', '#/chat/c-knowledge', showFirst],
  ['chat-cited-all', '#/chat/c-knowledge', (page) => button(page, /more were read/).click()],
  ['chat-sources', '#/chat/c-knowledge', (page) => button(page, /Sources:/).click()],
  ['chat-sources-part', '#/chat', choosePart],
  ['chat-at', '#/chat', typeAt],
  ['chat-note', '#/chat/c-knowledge', (page) => button(page, 'Save as a note').click()],
  ['chat-note-saved', '#/chat/c-knowledge', saveNote],
  ['knowledge-empty', '#/knowledge', null, { empty: true, skip: true }],
  [
    'knowledge-added',
    '#/knowledge',
    (page) => button(page, 'Add Garden').click(),
    { empty: true, skip: true }
  ]
]

async function openFirst(page) {
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('ArrowUp')
  await page.keyboard.press('Enter')
  await page.waitForTimeout(500)
}

async function explainFirst(page) {
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
}

async function narrow(page) {
  await button(page, 'Narrow the search').click()
  await page.getByRole('combobox', { name: 'Kind of file' }).click()
  await page.getByRole('option', { name: 'PDF' }).click()
  await page.getByRole('textbox', { name: 'Folder' }).fill('Nordvent')
  await page.getByRole('textbox', { name: 'Folder' }).press('Enter')
}

async function theirs(page) {
  await page.getByRole('radio', { name: 'And theirs' }).click()
  await page.getByRole('list', { name: 'Neighbours' }).getByRole('link').nth(2).hover()
}

async function chooseEmbedder(page) {
  await page.getByRole('combobox', { name: 'Finds by meaning with' }).click()
  await page.getByRole('option', { name: /OpenAI/ }).click()
}

async function remove(page) {
  await button(page, 'Actions for Home').click()
  await page.getByRole('menuitem', { name: 'Remove' }).click()
}

async function addPaid(page) {
  await page.getByRole('textbox', { name: 'Folder' }).fill('/home/ada/Garden')
  await page.getByRole('combobox', { name: 'Finds by meaning with' }).click()
  await page.getByRole('option', { name: /OpenAI/ }).click()
  await page.waitForTimeout(700)
}

async function addNowhere(page) {
  await page.getByRole('textbox', { name: 'Folder' }).fill('/home/ada/nowhere')
  await page.waitForTimeout(700)
}

async function showFirst(page) {
  await page
    .getByRole('link', { name: /^Source 1:/ })
    .first()
    .focus()
  await page.waitForTimeout(500)
}

async function choosePart(page) {
  await button(page, /Sources/).click()
  await page.getByRole('checkbox', { name: 'Home' }).click()
  await page.getByRole('combobox', { name: 'A folder or a tag' }).fill('#ho')
  await page.waitForTimeout(600)
}

async function typeAt(page) {
  await page.getByRole('textbox', { name: 'Message' }).click()
  await page.keyboard.type('How loud is it? @home/')
  await page.waitForTimeout(600)
  await page.keyboard.press('ArrowDown')
}

async function saveNote(page) {
  await button(page, 'Save this chat as a note').click()
  await button(page, 'Save the note').click()
}
