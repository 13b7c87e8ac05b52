import { expect, test } from "vitest";
import { app, migrateConfig } from "../../src/clients/v2";
import { person } from "../support/config";
import { configV1, configV2 } from "../support/layout";
import { recording, replay } from "../support/recording";
import { onRelease } from "../support/scene";

const U64_MAX = 2n ** 64n - 1n;

async function scene() {
  const cluster = await onRelease(2);
  const { authority, config } = await person(cluster);
  const recorded = new Map(recording().map((line) => [line.name, replay(line, app.APP_PROGRAM_ADDRESS, authority)]));
  const send = async (name: string) => {
    const instruction = recorded.get(name);
    if (instruction === undefined) throw new Error(`no ${name} is recorded`);
    await cluster.send(instruction);
    return cluster.account(config)?.data ?? null;
  };
  const migrate = async () => {
    await cluster.send(await migrateConfig(cluster.rpc, { config, authority }));
    return cluster.account(config)?.data;
  };
  return { authority: authority.address, send, migrate };
}

test("on a ConfigV1, recorded instructions do on release 2 what they did on release 1", async () => {
  const { authority, send } = await scene();
  expect(await send("initialize")).toEqual(configV1(authority, 7n));
  expect(await send("update")).toEqual(configV1(authority, U64_MAX));
  expect(await send("close")).toBeNull();
});

test("on a ConfigV2, recorded instructions update and close", async () => {
  const { authority, send, migrate } = await scene();
  await send("initialize");
  expect(await migrate()).toEqual(configV2({ authority, value: 7n }));
  expect(await send("update")).toEqual(configV2({ authority, value: U64_MAX, revision: 1 }));
  expect(await send("close")).toBeNull();
});
