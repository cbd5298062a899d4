/** How the command line talks to oaktree: where it is, with which token, and what its errors mean to a user. */
@NullMarked
package org.openstack.oaktree.cli.client;

import org.jspecify.annotations.NullMarked;
