/** Tests of the program as users start it: the built launcher and jar, in processes and homes of their own. */
@NullMarked
package org.openstack.oaktree.app.program;

import org.jspecify.annotations.NullMarked;
