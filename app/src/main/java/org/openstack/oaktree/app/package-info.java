/** The one program: the commands {@code serve}, {@code demo}, {@code config check} and those about resources. */
@NullMarked
package org.openstack.oaktree.app;

import org.jspecify.annotations.NullMarked;
