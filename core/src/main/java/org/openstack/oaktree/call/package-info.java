/** What holds for one call from a client, wherever in oaktree it is being answered. */
@NullMarked
package org.openstack.oaktree.call;

import org.jspecify.annotations.NullMarked;
