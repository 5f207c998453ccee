export const cloudHost = 'https://circleci.com';
