"""What an L3 agent would report, made inside neutron's reference L3 plugin: without it a floating IP stays DOWN for ever.

The plugin's methods are wrapped in place. A subclass under a name of its own does not work: port_forwarding and
conntrack_helper pull in the plugin named `router`, and with two L3 plugins every creation of a router fails
("duplicate ProviderResourceAssociation", after ten slow retries).
"""
import functools

from neutron.services.l3_router.l3_router_plugin import L3RouterPlugin
from neutron_lib import constants


def _settle(plugin, context, floating_ip):
    status = constants.FLOATINGIP_STATUS_ACTIVE if floating_ip.get('port_id') else constants.FLOATINGIP_STATUS_DOWN
    if floating_ip.get('status') != status:
        plugin.update_floatingip_status(context.elevated(), floating_ip['id'], status)
        floating_ip['status'] = status
    return floating_ip


def patch():
    create, update = L3RouterPlugin.create_floatingip, L3RouterPlugin.update_floatingip
    disassociate = L3RouterPlugin.disassociate_floatingips

    @functools.wraps(create)
    def create_floatingip(self, context, floatingip, *args, **kwargs):
        return _settle(self, context, create(self, context, floatingip, *args, **kwargs))

    @functools.wraps(update)
    def update_floatingip(self, context, id, floatingip):
        return _settle(self, context, update(self, context, id, floatingip))

    @functools.wraps(disassociate)
    def disassociate_floatingips(self, context, port_id, do_notify=True):
        admin = context.elevated()
        before = self.get_floatingips(admin, {'port_id': [port_id]})
        result = disassociate(self, context, port_id, do_notify)
        for floating_ip in before:
            self.update_floatingip_status(admin, floating_ip['id'], constants.FLOATINGIP_STATUS_DOWN)
        return result

    L3RouterPlugin.create_floatingip = create_floatingip
    L3RouterPlugin.update_floatingip = update_floatingip
    L3RouterPlugin.disassociate_floatingips = disassociate_floatingips
