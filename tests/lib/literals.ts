// The string literals of a script, each with the fact that stands beside it.
import ts from 'typescript'

export interface Literal {
  text: string
  line: number
  /** the property it is the value of; empty where it is none's */
  key: string
  /** ids of the facts named by the nearest object around it that names any */
  facts?: string
}

const shape = /^(?:[a-z]\s?)?-?[\d.]+(?:[\s,]?[a-z]?\s?-?[\d.]+)+z?$|^(?:translate|rotate|scale|rgb|hsl|var|matrix)\(|^[#.]|^\.{0,2}\//i

function property(node: ts.ObjectLiteralExpression, name: string): ts.Expression | undefined {
  const found = node.properties.find(p => ts.isPropertyAssignment(p) && p.name.getText().replace(/['"]/g, '') === name)
  return found && ts.isPropertyAssignment(found) ? found.initializer : undefined
}

function idsOf(node: ts.ObjectLiteralExpression): string | undefined {
  const value = property(node, 'fact') ?? property(node, 'facts')
  return value && ts.isStringLiteralLike(value) ? value.text : undefined
}

/** Literals that are read: paths of drawings, colours, addresses and the ids of facts are left out. */
export function literals(script: string): Literal[] {
  const file = ts.createSourceFile('x.ts', script, ts.ScriptTarget.Latest, true)
  const out: Literal[] = []
  const visit = (node: ts.Node, facts: string | undefined, key: string): void => {
    if (ts.isImportDeclaration(node) || ts.isTypeNode(node))
      return
    const here = ts.isObjectLiteralExpression(node) ? idsOf(node) ?? facts : facts
    if (ts.isStringLiteralLike(node) && key !== 'fact' && key !== 'facts' && !shape.test(node.text))
      out.push({ text: node.text, line: file.getLineAndCharacterOfPosition(node.getStart()).line + 1, key, facts: here })
    const inner = ts.isPropertyAssignment(node) ? node.name.getText().replace(/['"]/g, '') : ts.isObjectLiteralExpression(node) ? '' : key
    ts.forEachChild(node, child => visit(child, here, inner))
  }
  visit(file, undefined, '')
  return out
}
