// What the README and the other papers promise is there.
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { at } from '../../scripts/lib/paths.ts'
import { none } from '../lib/violations.ts'

const papers = ['README.md', 'NOTICE.md', 'LICENSE-lecture.md', 'docs/authoring.md', 'docs/dependencies.md', 'docs/design.md']
const read = (file: string) => readFileSync(at(file), 'utf8')
const { scripts, dependencies, devDependencies } = JSON.parse(read('package.json')) as Record<'scripts' | 'dependencies' | 'devDependencies', Record<string, string>>

describe('the papers', () => {
  it('name only commands that there are', () => {
    none(papers.flatMap(file => [...read(file).matchAll(/npm (?:run )?([a-z][\w:]*)/g)].map(m => m[1]!).filter(name => !['ci', 'install', 'run'].includes(name) && !(name in scripts)).map(name => `${file}: there is no command "${name}"`)))
  })

  it('leave out no command', () => {
    none(Object.keys(scripts).filter(name => !read('README.md').includes(['start', 'test'].includes(name) ? `npm ${name}` : `npm run ${name}`)).map(name => `README.md: does not name the command "${name}"`))
  })

  it('lead to files that there are', () => {
    none(papers.flatMap(file => [...read(file).matchAll(/\]\((?!https?:|#)([^)#]+)/g)].map(m => m[1]!).filter(to => !existsSync(at(join(dirname(file), to)))).map(to => `${file}: leads to ${to}, which is not there`)))
  })

  it('explain every dependency', () => {
    const told = read('docs/dependencies.md')
    none(Object.keys({ ...dependencies, ...devDependencies }).filter(name => !told.includes(`\`${name}\``)).map(name => `docs/dependencies.md: says nothing of ${name}`))
  })

  it('are tested by the one command that the README names', () => {
    expect(read('.ci/run')).toMatch(/\nnpm ci\nnpm test\n$/)
    expect(read('README.md')).toContain('npm ci && npm test')
    expect(read('README.md')).toContain('npm ci && npm start')
  })
})
