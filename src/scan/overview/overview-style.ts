export const OVERVIEW_STYLE = `
:root{color-scheme:light dark;--fg:#1a1d21;--bg:#fcfcfd;--soft:#4a5058;--line:#d9dce1;--box:#f1f3f6;--hue:#2b5c8f}
@media (prefers-color-scheme:dark){:root{--fg:#e9ebee;--bg:#131518;--soft:#b4bac2;--line:#33383f;--box:#1d2025;--hue:#7fb0e0}}
*{box-sizing:border-box}
body{margin:0;font:16px/1.5 system-ui,sans-serif;color:var(--fg);background:var(--bg)}
main{overflow-wrap:anywhere;max-width:72rem;margin:0 auto;padding:24px 16px}
h1{font-size:1.5rem;margin:0 0 4px}h2{font-size:1.125rem;margin:40px 0 4px}
p{max-width:70ch;margin:4px 0 8px;color:var(--soft)}
a{color:var(--hue)}
:focus-visible{outline:3px solid var(--hue);outline-offset:2px}
.facts{color:var(--fg)}
.note{border-inline-start:4px solid var(--hue);padding:4px 12px;color:var(--fg)}
.tiles{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,8.5rem),1fr));gap:8px;list-style:none;margin:16px 0 8px;padding:0}
.tiles>li{display:grid;background:var(--box);border:1px solid var(--line);border-radius:8px}
.tiles li>*{display:block;padding:12px;color:var(--fg);text-decoration:none;height:100%}
.tiles a:hover .word{text-decoration:underline}
.tiles b{display:block;font-size:1.75rem;line-height:1.2;font-variant-numeric:tabular-nums}
.tiles .word{display:block}.tiles a .word{color:var(--hue)}
.tiles small{display:block;color:var(--soft);font-size:.875rem}
nav ul{display:flex;flex-wrap:wrap;gap:4px 16px;list-style:none;margin:16px 0 0;padding:0}
nav a{display:inline-block;padding:4px 0}
.counts{list-style:none;margin:8px 0;padding:0;border-top:1px solid var(--line)}
.counts>li{border-bottom:1px solid var(--line)}
.count,summary{display:grid;grid-template-columns:5.5rem minmax(0,1fr) 4rem 8rem;gap:0 12px;align-items:baseline;padding:6px 0;overflow-wrap:anywhere}
summary{cursor:pointer;list-style:none}
summary::-webkit-details-marker{display:none}
.number{font-weight:600;text-align:end;font-variant-numeric:tabular-nums}
summary .number::before{content:"▸";float:inline-start;font-weight:400;color:var(--hue)}
details[open]>summary .number::before{content:"▾"}
summary:hover .word{text-decoration:underline}
.share{text-align:end;color:var(--soft);font-variant-numeric:tabular-nums}
.also{grid-column:2/-1;color:var(--soft);font-size:.875rem}
svg{inline-size:100%;block-size:10px;align-self:center}rect{fill:var(--hue)}
[dir=rtl] svg{transform:scaleX(-1)}
.files{list-style:none;margin:0 0 8px;padding:0;padding-inline-start:16px;border-inline-start:4px solid var(--line)}
.files>li{padding:6px 0;overflow-wrap:anywhere}
.files>li+li{border-top:1px solid var(--line)}
.files b{display:block;font-weight:600}
.files span{display:block;font-size:.875rem;color:var(--soft)}
code{font-family:ui-monospace,monospace;font-size:.875rem;overflow-wrap:anywhere}
.cut{margin-inline-start:20px}
form{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,12rem),1fr));gap:8px 16px;align-items:end;margin:8px 0}
form[hidden],li[hidden]{display:none}
label{display:grid;gap:4px;font-size:.875rem}
input,select,button{font:inherit;color:inherit;background:var(--bg);border:1px solid var(--soft);border-radius:4px;padding:6px 8px;inline-size:100%;min-block-size:40px}
button{cursor:pointer;inline-size:auto;justify-self:start;padding:6px 16px}
footer{margin-top:48px;border-top:1px solid var(--line)}
@media (max-width:40rem){.count,summary{grid-template-columns:4.5rem minmax(0,1fr) 3.5rem}svg{display:none}.files{padding-inline-start:8px}}
@media (forced-colors:active){rect{fill:CanvasText}.tiles>li{border-color:CanvasText}}
@media print{form,nav{display:none}section,.files>li{break-inside:avoid}body{background:none}}
`;
