import { World } from '@bytechat/testing';

describe('people in a room', () => {
  it('talk', async () => {
    const world = new World();
    const { people } = await world.room(1);
    const [anna, ben] = people;
    await anna!.send('hello');
    await ben!.send('hi');
    await world.everyoneSees(people, 'hello', 'hi');
  });
});
