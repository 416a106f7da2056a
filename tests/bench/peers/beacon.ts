import { createSocket } from 'node:dgram';
import { setTimeout } from 'node:timers/promises';

/** Hears which stages run, by datagrams that they send. */
export interface Beacon {
  readonly port: number;
  /** @returns the stages that ran since the last call, in order, each once */
  heard(): Promise<readonly string[]>;
  close(): void;
}

export const openBeacon = async (): Promise<Beacon> => {
  const socket = createSocket('udp4');
  let names: string[] = [];
  socket.on('message', (message) => void names.push(message.toString()));
  await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve));
  return {
    port: socket.address().port,
    heard: async () => {
      // What has arrived at the socket is delivered in the next turns of the loop.
      await setTimeout(20);
      const said = [...new Set(names)];
      names = [];
      return said;
    },
    close: () => socket.close(),
  };
};
