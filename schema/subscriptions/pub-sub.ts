import type { PubSub } from 'type-graphql';

/**
 * type-graphql wants a place to publish to as soon as there is a subscription. Nothing is published here: subscriptions
 * read the log and the read models, each at its own pace.
 */
export const noPubSub: PubSub = {
  publish() {
    throw new Error('Nothing is published: subscriptions read the log.');
  },
  subscribe() {
    throw new Error('Nothing is published: a subscription brings its own source.');
  },
};
