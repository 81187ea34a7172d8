// docs/cluster.md tells the shape of this folder: that it is the shape.
import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

const root = new URL('.', import.meta.url)
const text = readFileSync(new URL('../docs/cluster.md', root), 'utf8')
const shape = /```\ncluster\/\n([\s\S]*?)```/.exec(text)![1]!
const entries = (folder: string) => readdirSync(new URL(folder, root), { withFileTypes: true })

/** What is told of each folder. */
const told = new Map<string, string>()
for (const line of shape.split('\n')) {
  const [, name, about] = /^ {2}(\S+) +(\S.*)$/.exec(line) ?? []
  if (name && !line.startsWith('   '))
    told.set(name, about!)
  else if (line.trim())
    told.set([...told.keys()].at(-1)!, `${told.get([...told.keys()].at(-1)!)} ${line}`)
}

describe('the shape that the documentation tells', () => {
  it('names every folder and file of the cluster, and no others', () => {
    const there = entries('.').filter(each => !each.name.endsWith('.test.ts')).map(each => each.isDirectory() ? `${each.name}/` : each.name)
    expect([...told.keys(), 'run.ts'].sort()).toEqual(there.sort())
    expect(told.get('actors.ts')).toContain('run.ts')
  })

  // the others have a page of their own
  it.each(['api/', 'controllers/', 'scheduler/', 'node/', 'network/', 'timeline/'])('names what is in %s', (folder) => {
    const about = told.get(folder)!.replaceAll(/\([^)]*\)/g, '')
    for (const each of entries(folder)) {
      if (!each.name.endsWith('.test.ts'))
        expect(about).toMatch(each.isDirectory() ? new RegExp(`\\b${each.name}/`) : new RegExp(`\\b${each.name.replace('.ts', '')}\\b`))
    }
  })

  it('says of no file what is not there', () => {
    const files = [...text.matchAll(/`((?:api|controllers|scheduler|node|network|timeline|kubectl|printers)\/[\w/.-]+\.ts)`/g)].map(([, file]) => file!)
    expect(files.length).toBeGreaterThan(10)
    for (const file of files)
      expect(() => readFileSync(new URL(file, root)), file).not.toThrow()
  })
})
