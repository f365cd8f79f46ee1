import { equal, match } from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type Made, snippet } from './snippets.ts';

const made: Made = {
  tag: 'jamz-player',
  attributes: { theme: 'dark', label: 'Say "hi" & go' },
  tokens: { '--jamz-accent': '#b0005a' },
  server: 'https://jamz.example',
  site: 'pk_demo',
};

describe('what the workbench copies', () => {
  it('is a style, a script tag and an element in HTML', () => {
    equal(
      snippet('html', made),
      `<style>
  jamz-player {
    --jamz-accent: #b0005a;
  }
</style>
<script type="module" src="https://jamz.example/cdn/jamz.js"></script>

<jamz-player server="https://jamz.example" site="pk_demo" theme="dark" label="Say &quot;hi&quot; &amp; go"></jamz-player>`,
    );
  });

  it('leaves out a style where no token was turned', () => {
    equal(snippet('html', { ...made, tokens: {} }).includes('<style>'), false);
  });

  it('writes a flag that is on by its name alone', () => {
    match(snippet('html', { ...made, attributes: { open: '' } }), / open><\/jamz-player>/);
  });

  it('sets the tokens as a style object in React', () => {
    match(snippet('react', made), /style=\{\{ '--jamz-accent': '#b0005a' \}\}/);
    match(snippet('react', made), /import 'trafficjamz\/components\/jamz-player';/);
    match(snippet('react', made), /const JamzPlayer = /);
  });

  it('is a component file in Vue and in Svelte', () => {
    match(snippet('vue', made), /<script setup lang="ts">[\s\S]*<template>[\s\S]*<style scoped>/);
    match(snippet('svelte', made), /<script lang="ts">[\s\S]*<jamz-player [\s\S]*<style>/);
  });
});
