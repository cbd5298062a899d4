"""Neutron's ML2 mechanism driver of the test cloud: binds every port at once, without any agent.

It also registers a QoS driver (all rule types) and a trunk driver, since both service plugins refuse to work without one.
"""
from neutron.services.qos.drivers.openvswitch import driver as ovs_qos
from neutron.services.trunk.drivers import base as trunk_base
from neutron_lib import constants
from neutron_lib.api.definitions import portbindings
from neutron_lib.callbacks import events
from neutron_lib.callbacks import registry
from neutron_lib.callbacks import resources
from neutron_lib.plugins import directory
from neutron_lib.plugins.ml2 import api
from neutron_lib.services.qos import base as qos_base
from neutron_lib.services.trunk import constants as trunk_constants

from oaktree_testcloud import l3
from oaktree_testcloud import unnoticed

# Ports that nobody binds to a compute host, but that a cloud with agents shows as ACTIVE.
AGENT_OWNERS = (constants.DEVICE_OWNER_ROUTER_INTF, constants.DEVICE_OWNER_ROUTER_GW,
                constants.DEVICE_OWNER_HA_REPLICATED_INT, constants.DEVICE_OWNER_DHCP)


class QosDriver(qos_base.DriverBase):
    def validate_rule_for_port(self, context, rule, port):
        return True

    def validate_rule_for_network(self, context, rule, network_id):
        return True


class TrunkDriver(trunk_base.DriverBase):
    @property
    def is_loaded(self):
        return True

    # An override must repeat the decorator, else the base class never hears of the plugin.
    @registry.receives(resources.TRUNK_PLUGIN, [events.AFTER_INIT])
    def register(self, resource, event, trigger, payload=None):
        super().register(resource, event, trigger, payload=payload)
        registry.subscribe(self._activate, resources.TRUNK, events.AFTER_CREATE)
        for event in (events.AFTER_CREATE, events.AFTER_DELETE):
            registry.subscribe(self._activate, resources.SUBPORTS, event)

    def _activate(self, resource, event, trigger, payload=None):
        trunk = payload.states[-1] if payload and payload.states else None
        if trunk is not None:
            trunk.update(status=trunk_constants.TRUNK_ACTIVE_STATUS)


class TestCloudMechanismDriver(api.MechanismDriver):
    def initialize(self):
        l3.patch()
        unnoticed.patch()
        self.qos = QosDriver(name='oaktree_testcloud', vif_types=[portbindings.VIF_TYPE_OVS],
                             vnic_types=[portbindings.VNIC_NORMAL, portbindings.VNIC_DIRECT, portbindings.VNIC_MACVTAP],
                             supported_rules=ovs_qos.SUPPORTED_RULES, requires_rpc_notifications=False)
        self.trunk = TrunkDriver('oaktree_testcloud', (portbindings.VIF_TYPE_OVS,), (trunk_constants.SEGMENTATION_TYPE_VLAN,),
                                 agent_type=None, can_trunk_bound_port=True)

    @property
    def connectivity(self):
        return portbindings.CONNECTIVITY_L2

    def bind_port(self, context):
        segment = context.segments_to_bind[0]
        details = {portbindings.CAP_PORT_FILTER: True, portbindings.VIF_DETAILS_CONNECTIVITY: portbindings.CONNECTIVITY_L2}
        context.set_binding(segment[api.ID], portbindings.VIF_TYPE_OVS, details, status=constants.PORT_STATUS_ACTIVE)

    def create_port_postcommit(self, context):
        self._activate(context)

    def update_port_postcommit(self, context):
        self._activate(context)

    def _activate(self, context):
        port = context.current
        if port['device_owner'] in AGENT_OWNERS and port['status'] != constants.PORT_STATUS_ACTIVE:
            directory.get_plugin().update_port_status(context._plugin_context, port['id'], constants.PORT_STATUS_ACTIVE)
