/** Carries the calls of the API over gRPC: one virtual thread each, with deadlines, back-pressure, limits and a graceful end. */
@NullMarked
package org.openstack.oaktree.server.grpc;

import org.jspecify.annotations.NullMarked;
