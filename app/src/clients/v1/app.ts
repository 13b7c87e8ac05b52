/**
 * Program IDL in camelCase format in order to be used in JS/TS.
 *
 * Note that this is only a type helper and is not the actual IDL. The original
 * IDL can be found at `app.json`.
 */
export type App = {
  "address": "6kKWMmNckGur5mgBxGHDXTGcNe4XCqMcot4KAXJMcF1s",
  "metadata": {
    "name": "app",
    "version": "1.0.0",
    "spec": "0.1.0",
    "description": "Release 1 of the program, frozen: what deployed clients were built against"
  },
  "instructions": [
    {
      "name": "close",
      "docs": [
        "Closes the config; its lamports go to the authority."
      ],
      "discriminator": [
        98,
        165,
        201,
        177,
        108,
        65,
        206,
        96
      ],
      "accounts": [
        {
          "name": "config",
          "docs": [
            "The config to close."
          ],
          "writable": true,
          "pda": {
            "seeds": [
              {
                "kind": "const",
                "value": [
                  99,
                  111,
                  110,
                  102,
                  105,
                  103
                ]
              },
              {
                "kind": "account",
                "path": "authority"
              }
            ]
          }
        },
        {
          "name": "authority",
          "docs": [
            "The config's authority; receives its lamports."
          ],
          "writable": true,
          "signer": true,
          "relations": [
            "config"
          ]
        }
      ],
      "args": []
    },
    {
      "name": "initialize",
      "docs": [
        "Creates the authority's config."
      ],
      "discriminator": [
        175,
        175,
        109,
        31,
        13,
        152,
        155,
        237
      ],
      "accounts": [
        {
          "name": "config",
          "docs": [
            "The config to create."
          ],
          "writable": true,
          "pda": {
            "seeds": [
              {
                "kind": "const",
                "value": [
                  99,
                  111,
                  110,
                  102,
                  105,
                  103
                ]
              },
              {
                "kind": "account",
                "path": "authority"
              }
            ]
          }
        },
        {
          "name": "authority",
          "docs": [
            "The config's authority; pays its rent."
          ],
          "writable": true,
          "signer": true
        },
        {
          "name": "systemProgram",
          "address": "11111111111111111111111111111111"
        }
      ],
      "args": [
        {
          "name": "value",
          "type": "u64"
        }
      ]
    },
    {
      "name": "update",
      "docs": [
        "Sets the config's value."
      ],
      "discriminator": [
        219,
        200,
        88,
        176,
        158,
        63,
        253,
        127
      ],
      "accounts": [
        {
          "name": "config",
          "docs": [
            "The config to update."
          ],
          "writable": true,
          "pda": {
            "seeds": [
              {
                "kind": "const",
                "value": [
                  99,
                  111,
                  110,
                  102,
                  105,
                  103
                ]
              },
              {
                "kind": "account",
                "path": "authority"
              }
            ]
          }
        },
        {
          "name": "authority",
          "signer": true,
          "relations": [
            "config"
          ]
        }
      ],
      "args": [
        {
          "name": "value",
          "type": "u64"
        }
      ]
    }
  ],
  "accounts": [
    {
      "name": "configV1",
      "discriminator": [
        84,
        236,
        11,
        221,
        3,
        23,
        47,
        8
      ]
    }
  ],
  "errors": [
    {
      "code": 6000,
      "name": "wrongAuthority",
      "msg": "the signer is not the config's authority"
    }
  ],
  "types": [
    {
      "name": "configV1",
      "docs": [
        "The config as release 1 stores it: 48 bytes with its discriminator."
      ],
      "type": {
        "kind": "struct",
        "fields": [
          {
            "name": "authority",
            "docs": [
              "Who may update and close the config."
            ],
            "type": "pubkey"
          },
          {
            "name": "value",
            "docs": [
              "The value the config holds."
            ],
            "type": "u64"
          }
        ]
      }
    }
  ]
};
