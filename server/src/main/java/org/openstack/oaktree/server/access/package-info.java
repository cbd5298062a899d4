/** Who may call: loopback and unix sockets only, with the token that the server wrote to a file. */
@NullMarked
package org.openstack.oaktree.server.access;

import org.jspecify.annotations.NullMarked;
