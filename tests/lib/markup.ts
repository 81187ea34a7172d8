// The words of a slide or a component, each with the elements it stands in.
import type { SFCTemplateBlock } from 'vue/compiler-sfc'
import { parse } from 'vue/compiler-sfc'

export interface Piece {
  text: string
  /** the elements around it, from the outside in */
  inside: { tag: string, attributes: Record<string, string | true> }[]
}

const ELEMENT = 1
const TEXT = 2
const ATTRIBUTE = 6
const DIRECTIVE = 7

type Node = NonNullable<SFCTemplateBlock['ast']>['children'][number]

function walk(nodes: readonly Node[], inside: Piece['inside'], out: Piece[]): Piece[] {
  for (const node of nodes) {
    if (node.type === TEXT && 'content' in node && typeof node.content === 'string' && node.content.trim()) {
      out.push({ text: node.content.replace(/\s+/g, ' '), inside })
    }
    else if (node.type === ELEMENT && 'tag' in node) {
      const attributes: Record<string, string | true> = {}
      for (const prop of node.props) {
        if (prop.type === ATTRIBUTE)
          attributes[prop.name] = prop.value?.content ?? true
        else if (prop.type === DIRECTIVE && prop.name === 'bind' && prop.arg && 'content' in prop.arg)
          attributes[`:${prop.arg.content}`] = true
      }
      walk(node.children, [...inside, { tag: node.tag, attributes }], out)
    }
  }
  return out
}

/** The static text of a component's template. */
export function piecesOfComponent(source: string): Piece[] {
  const { descriptor } = parse(source, { ignoreEmpty: false, sourceMap: false })
  return descriptor.template?.ast ? walk(descriptor.template.ast.children, [], []) : []
}

/** A component's script, as written. */
export function scriptOfComponent(source: string): string {
  const { descriptor } = parse(source, { ignoreEmpty: false, sourceMap: false })
  return [descriptor.script?.content, descriptor.scriptSetup?.content].filter(Boolean).join('\n')
}

/** A page's Markdown without code, comments, styles, list numbers and addresses of links. */
export function withoutCode(markdown: string): string {
  return markdown
    .replace(/^(`{3,}|~{3,}).*\n[\s\S]*?^\1.*$/gm, '')
    .replace(/<!--[\s\S]*?-->/g, '')
    .replace(/<(script|style)\b[\s\S]*?<\/\1>/g, '')
    .replace(/`[^`\n]*`/g, 'code')
    .replace(/!\[[^\]]*\]\([^)]*\)/g, '')
    .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
}

/** The text of a slide's Markdown, code left out. */
export function piecesOfSlide(markdown: string): Piece[] {
  const html = withoutCode(markdown).replace(/^(\s*)\d+\.\s/gm, '$1').replace(/<(?![a-z/])/gi, '‹')
  const { descriptor } = parse(`<template>${html}</template>`, { ignoreEmpty: false, sourceMap: false })
  return descriptor.template?.ast ? walk(descriptor.template.ast.children, [], []) : []
}

/** How many words a text has: what holds a letter or a digit counts. */
export function words(text: string): number {
  return text.split(/\s+/).filter(word => /[\p{L}\p{N}]/u.test(word)).length
}
