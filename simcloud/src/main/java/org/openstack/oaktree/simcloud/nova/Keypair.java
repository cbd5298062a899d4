package org.openstack.oaktree.simcloud.nova;

import java.time.Instant;

/**
 * A public key under a user's name for it.
 *
 * @param number nova's own number of it
 * @param fingerprint MD5 of the key, as pairs of digits with colons
 */
record Keypair(int number, String userId, String name, String publicKey, String fingerprint, Instant createdAt) {}
