/** The one program: the commands {@code serve}, {@code config check} and those about resources, in one. */
@NullMarked
package org.openstack.oaktree.app;

import org.jspecify.annotations.NullMarked;
