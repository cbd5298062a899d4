/** The simulated cloud's HTTP side: calls and answers as services see them, routes, and the server that carries them. */
@NullMarked
package org.openstack.oaktree.simcloud.http;

import org.jspecify.annotations.NullMarked;
