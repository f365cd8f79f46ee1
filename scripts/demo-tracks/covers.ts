/** One cover, 600 × 600, as SVG. Flat shapes and one idea each: they are seen at the size of a thumb. */
export const covers = {
  /** A low sun cut by the road's lines. */
  sunline: `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 600 600">
    <defs>
      <linearGradient id="sky" x2="0" y2="1">
        <stop offset="0" stop-color="#2a1a5e"/><stop offset=".55" stop-color="#c2417c"/><stop offset=".68" stop-color="#ff8a5c"/>
      </linearGradient>
      <linearGradient id="sun" x2="0" y2="1"><stop offset="0" stop-color="#ffe27a"/><stop offset="1" stop-color="#ff6f61"/></linearGradient>
      <mask id="slits"><path fill="#fff" d="M0 0h600v600H0z"/><path d="M0 296h600v6H0zM0 328h600v11H0zM0 364h600v17H0z"/></mask>
      <clipPath id="above"><path d="M0 0h600v408H0z"/></clipPath>
    </defs>
    <path fill="url(#sky)" d="M0 0h600v600H0z"/>
    <g clip-path="url(#above)">
      <circle cx="300" cy="330" r="172" fill="url(#sun)" mask="url(#slits)"/>
    </g>
    <path fill="#1b1140" d="M0 408h600v192H0z"/>
    <path fill="#2a1d5c" d="M286 408h28l260 192H26z"/>
    <g fill="#ffd86b"><path d="M298 418h4l2 18h-8z"/><path d="M295 450h10l4 34h-18z"/><path d="M289 506h22l8 62h-38z"/></g>
    <g stroke="#ff8ab0" stroke-width="3"><path d="M286 408 26 600"/><path d="M314 408l260 192"/></g>
  </svg>`,
  /** The wiper's clear arc on a wet pane, lights beyond. */
  windscreen: `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 600 600">
    <path fill="#17323f" d="M0 0h600v600H0z"/>
    <path fill="#23505c" d="M0 600V470A386 386 0 0 1 600 300v300z"/>
    <path fill="#2f6b72" d="M0 600v-18A330 330 0 0 1 600 440v160z"/>
    <g><circle cx="196" cy="404" r="40" fill="#f4b266"/><circle cx="284" cy="372" r="25" fill="#f7d9a8"/>
      <circle cx="430" cy="396" r="50" fill="#e4685c"/><circle cx="352" cy="444" r="20" fill="#f2efe0"/></g>
    <g stroke="#0c1d25" stroke-linecap="round"><path stroke-width="12" d="M120 640 482 246"/><path stroke-width="5" d="M150 560 506 174"/></g>
    <g fill="#8fc1c4">
      <path d="M96 96c12 22 18 34 18 44a18 18 0 0 1-36 0c0-10 6-22 18-44z"/><path d="M214 44c9 16 13 25 13 32a13 13 0 0 1-26 0c0-7 4-16 13-32z"/>
      <path d="M330 120c14 26 21 40 21 52a21 21 0 0 1-42 0c0-12 7-26 21-52z"/><path d="M452 60c10 18 15 28 15 36a15 15 0 0 1-30 0c0-8 5-18 15-36z"/>
      <path d="M540 150c12 22 18 34 18 44a18 18 0 0 1-36 0c0-10 6-22 18-44z"/><path d="M176 216c8 15 12 23 12 30a12 12 0 0 1-24 0c0-7 4-15 12-30z"/>
      <path d="M54 268c10 18 15 28 15 36a15 15 0 0 1-30 0c0-8 5-18 15-36z"/>
    </g>
  </svg>`,
  /** Strings that are the sea's lines, and a small boat's sail. */
  shoreline: `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 600 600">
    <path fill="#f6e7c8" d="M0 0h600v600H0z"/>
    <circle cx="438" cy="150" r="62" fill="#f2754f"/>
    <path fill="#1f6f78" d="M0 286h600v240H0z"/>
    <g fill="none" stroke="#9ed0c6" stroke-width="5">
      <path d="M0 316h600"/><path d="M0 350q75-14 150 0t150 0 150 0 150 0"/><path d="M0 388q75 22 150 0t150 0 150 0 150 0"/><path d="M0 430q75-30 150 0t150 0 150 0 150 0"/>
    </g>
    <path fill="#fffaf0" d="M196 276V118l92 158z"/><path fill="#f6c25b" d="M184 276V150l-62 126z"/>
    <path fill="#10424a" d="M104 288h204l-30 32H136z"/>
    <path fill="#e9c893" d="M0 476q110-44 240-8t360-22v154H0z"/><path fill="#dcb57a" d="M0 540q160-40 320 0t280-20v80H0z"/>
  </svg>`,
} as const;
