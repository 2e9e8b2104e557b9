import type { PubSub } from 'type-graphql';

/**
 * type-graphql asks for a broker as soon as there is a subscription. Nothing is published to it: subscriptions read the log
 * and the read models, each at its own pace.
 */
export const noPubSub: PubSub = {
  publish() {
    throw new Error('Nothing is published: subscriptions read the log.');
  },
  subscribe() {
    throw new Error('Nothing is published: a subscription brings its own source.');
  },
};
