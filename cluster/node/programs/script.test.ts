import { describe, expect, it } from 'vitest'
import { commandOf } from './program.ts'
import { scriptOf } from './script.ts'

const shell = (text: string) => scriptOf(['sh', '-c', text])
const spoken = (text: string) => shell(text).said.map(({ after, text: said }) => [after, said])

describe('a command', () => {
  it('is what its first word says, whatever its options are called', () => {
    expect(commandOf(['nginx', '--debug=true'])).toBeUndefined()
    expect(commandOf(['--metrics=true', '--leader-elect=false'])).toBeUndefined()
    expect(commandOf(['myserver', 'sleep', '5'])).toBeUndefined()
    expect(commandOf(['sleep', '1m'])).toMatchObject({ runs: 60_000, code: 0 })
    expect(commandOf(['sleep', 'infinity'])).toMatchObject({ runs: Infinity })
    expect(commandOf(['tail', '-f', '/dev/null'])).toMatchObject({ runs: Infinity, stop: Infinity })
    expect(commandOf(['false'])).toMatchObject({ code: 1 })
    expect(commandOf([])).toMatchObject({ runs: 50, code: 0 })
  })

  it('that is a shell without a text ends at once', () => {
    expect(commandOf(['/bin/sh'])).toMatchObject({ runs: 50, code: 0 })
    expect(commandOf(['sh', 'run.sh'])).toBeUndefined()
  })
})

describe('a shell\'s text', () => {
  it('takes as long as its waits, and ends with the code of its last command or of exit', () => {
    expect(shell('sleep 2; echo hi; sleep 3')).toMatchObject({ runs: 5000, code: 0 })
    expect(shell('sleep 2 && exit 3; echo never')).toMatchObject({ runs: 2000, code: 3 })
    expect(shell('false')).toMatchObject({ code: 1 })
    expect(shell('false || echo saved')).toMatchObject({ code: 0 })
    expect(shell('false && sleep 100')).toMatchObject({ runs: 0, code: 1 })
    expect(shell('echo a\nsleep 1\nexit 256')).toMatchObject({ runs: 1000, code: 0 })
  })

  it('says what it echoes, when it does', () => {
    expect(spoken('echo "a; b"; sleep 2; echo c > /tmp/file; date')).toEqual([[0, 'echo "a; b"'], [2000, 'date']])
    expect(spoken('for i in 1 2 3; do echo $i; sleep 1; done')).toEqual([[0, 'echo 1'], [1000, 'echo 2'], [2000, 'echo 3']])
    expect(spoken('echo exit 1')).toEqual([[0, 'echo exit 1']])
  })

  it('goes round in a loop for ever', () => {
    expect(shell('echo begun; sleep 1; while true; do date; sleep 5; done')).toMatchObject({ runs: Infinity, round: { from: 1000, every: 5000, said: [{ after: 0, text: 'date' }] }, said: [{ after: 0 }] })
    expect(shell('while :; do sleep 1; done').unknown).toBeUndefined()
  })

  it('is not worked out from where it hangs on something else', () => {
    for (const [text, unknown] of [['until nslookup db; do sleep 2; done', 'until'], ['if true; then exit 1; fi', 'if'], ['wget -qO- web; echo done', 'wget'], ['cat file | grep x', 'cat'], ['echo hi | grep x', '|'], ['while [ ! -f /ready ]; do sleep 1; done', 'while']] as const)
      expect(shell(text), text).toMatchObject({ runs: Infinity, unknown })
    expect(shell('echo first; nginx -g "daemon off;"')).toMatchObject({ unknown: 'nginx', said: [{ text: 'echo first' }] })
    expect(commandOf(['sh', '-c', 'wget web && exit 1'])).toBeUndefined()
  })
})
