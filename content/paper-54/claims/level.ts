/** Of every test of a claim: fixed in the configuration before the tests ran. */
export const level = 0.05;
