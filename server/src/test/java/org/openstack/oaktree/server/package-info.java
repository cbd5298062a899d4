/** Tests of the server through a client's eyes. */
@NullMarked
package org.openstack.oaktree.server;

import org.jspecify.annotations.NullMarked;
