# Networks: ML2 and the reference L3 plugin without any agent (python/oaktree_testcloud/ml2.py and l3.py).
PACKAGES+=(python3-neutron)
UNPACKED+=(neutron-common)
DATABASES+=(neutron)

neutron_configure() {
  mkdir -p "$ETC/neutron" "$DATA/neutron"
  cp "$SHARE/usr/share/neutron-common/api-paste.ini" "$ETC/neutron/"
  cat > "$ETC/neutron/neutron.conf" <<E
[DEFAULT]
$(default_section)
bind_host = $HOST
bind_port = ${PORT[neutron]}
state_path = $DATA/neutron
api_paste_config = $ETC/neutron/api-paste.ini
auth_strategy = keystone
core_plugin = ml2
service_plugins = router,qos,trunk,segments,metering,auto_allocate,port_forwarding,conntrack_helper,ndp_proxy,network_ip_availability,network_segment_range,flavors,tag,timestamp,revisions
api_workers = 2
rpc_workers = 1
rpc_state_report_workers = 0
dhcp_agent_notification = false
allow_overlapping_ips = true
max_fixed_ips_per_port = 20
max_allowed_address_pair = 50
max_dns_nameservers = 10
max_subnet_host_routes = 50
notify_nova_on_port_status_changes = false
notify_nova_on_port_data_changes = true
network_auto_schedule = false
router_auto_schedule = false
dns_domain = testcloud.example.
vlan_transparent = true
global_physnet_mtu = 1500
[quotas]
default_quota = -1
quota_network = 1000
quota_subnet = 1000
quota_port = 10000
quota_router = 1000
quota_floatingip = 2000
quota_security_group = 1000
quota_security_group_rule = 10000
quota_rbac_policy = 1000
$(database_section neutron)
$(token_sections neutron)
[nova]
$(service_credentials nova)
[placement]
$(service_credentials placement)
E
  cat > "$ETC/neutron/ml2.ini" <<E
[ml2]
type_drivers = local,flat,vlan,vxlan,geneve,gre
tenant_network_types = vxlan
mechanism_drivers = oaktree_testcloud
extension_drivers = port_security,qos,uplink_status_propagation
[ml2_type_flat]
flat_networks = *
[ml2_type_vlan]
network_vlan_ranges = public:1:4000,physnet1:100:3999
[ml2_type_vxlan]
vni_ranges = 1:60000
[ml2_type_geneve]
vni_ranges = 1:60000
max_header_size = 38
[ml2_type_gre]
tunnel_id_ranges = 1:60000
E
  program neutron-server neutron.cmd.eventlet.server:main
  program neutron-db-manage neutron.db.migration.cli:main
}

neutron_migrate() { "$BIN/neutron-db-manage" --config-file "$ETC/neutron/neutron.conf" --config-file "$ETC/neutron/ml2.ini" upgrade heads; }
neutron_start() { start neutron-server "$BIN/neutron-server" --config-file "$ETC/neutron/neutron.conf" --config-file "$ETC/neutron/ml2.ini"; }
neutron_ready() { wait_listening neutron-server "${PORT[neutron]}"; }
