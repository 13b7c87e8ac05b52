import { expect, test } from "vitest";
import { findConfigs } from "../../src/clients/v2";
import { account } from "../support/account";
import { ownerOfV1, ownerOfV2, person, retire } from "../support/config";
import { onRelease } from "../support/scene";

test("configs are found by their version", async () => {
  const cluster = await onRelease(2);
  const anna = await ownerOfV1(cluster, 1, "anna");
  const bert = await ownerOfV1(cluster, 2, "bert");
  const cora = await ownerOfV2(cluster, 3, "cora");
  const dora = await ownerOfV2(cluster, 4, "dora");
  retire(cluster, dora);
  // An account of the program that is of no version.
  const { config } = await person(cluster, "ezra");
  cluster.svm.setAccount(account(config, new Uint8Array(48).fill(1)));

  const v1 = await findConfigs(cluster.rpc, "V1");
  expect(new Map(v1.map(({ account }) => [account.address, account.data.value]))).toEqual(
    new Map([
      [anna.config, 1n],
      [bert.config, 2n],
    ]),
  );
  const v2 = await findConfigs(cluster.rpc, "V2");
  expect(v2.map(({ account }) => [account.address, account.data.value, account.data.revision])).toEqual([
    [cora.config, 3n, 0],
  ]);
  const retired = await findConfigs(cluster.rpc, "retired");
  expect(retired.map(({ account }) => account.address)).toEqual([dora.config]);
});
