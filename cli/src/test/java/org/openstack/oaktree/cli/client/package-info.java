/** Tests of how oaktree is found and its errors are told. */
@NullMarked
package org.openstack.oaktree.cli.client;

import org.jspecify.annotations.NullMarked;
