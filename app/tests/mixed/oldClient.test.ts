import BN from "bn.js";
import { expect, test } from "vitest";
import { app } from "../../src/clients/v2";
import { ownerOfV1, ownerOfV2 } from "../support/config";
import { legacyKey } from "../support/key";
import { configV2 } from "../support/layout";
import { oldClient } from "../support/oldClient";
import { errorOf } from "../support/rejection";
import { onRelease } from "../support/scene";

const key = legacyKey("authority").publicKey;

test("it reads a ConfigV1 on release 2", async () => {
  const cluster = await onRelease(2);
  await ownerOfV1(cluster, 7);
  expect((await oldClient(cluster, "authority").fetchConfig(key)).value.toNumber()).toBe(7);
});

test("it cannot read a ConfigV2, because of the discriminator", async () => {
  const cluster = await onRelease(2);
  await ownerOfV2(cluster, 7);
  expect(await errorOf(oldClient(cluster, "authority").fetchConfig(key))).toEqual(
    new Error("Invalid account discriminator"),
  );
});

test("its update of a ConfigV2 keeps all that it does not know", async () => {
  const cluster = await onRelease(2);
  const { authority, config } = await ownerOfV2(cluster, 7);
  const operators = [cluster.feePayer.address];
  const feeMint = cluster.upgradeAuthority.address;
  await cluster.send(
    app.getSetOperatorsInstruction({ config, authority, operators }),
    app.getSetFeeInstruction({ config, authority, fee: 5, feeMint }),
  );
  await oldClient(cluster, "authority").update(key, new BN(8)).rpc();

  expect(cluster.account(config)?.data).toEqual(
    configV2({ authority: authority.address, value: 8n, revision: 2, fee: 5n, feeMint, operators }),
  );
});
