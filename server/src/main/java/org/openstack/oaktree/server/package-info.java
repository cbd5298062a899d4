/** The server: puts access, gRPC, HTTP side, metrics and logs together, and starts and ends them. */
@NullMarked
package org.openstack.oaktree.server;

import org.jspecify.annotations.NullMarked;
