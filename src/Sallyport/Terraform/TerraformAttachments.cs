using Sallyport.Estates;
using Sallyport.Hcl.Values;
using Sallyport.Packets;

namespace Sallyport.Terraform;

/// <summary>
/// What runs behind groups: each resource that names groups stands for one interface that carries them, since only a run makes
/// the real ones.
/// </summary>
internal sealed class TerraformAttachments(TerraformIndex index, EstateBuilder into)
{
    private const int DeepestBlock = 4;

    private static readonly HashSet<string> NotAttached =
    [
        "aws_security_group", "aws_default_security_group", "aws_security_group_rule", "aws_vpc_security_group_ingress_rule", "aws_vpc_security_group_egress_rule",
        "aws_network_interface_sg_attachment", "aws_vpc_endpoint_security_group_association", "aws_db_security_group", "aws_elasticache_security_group",
        "aws_redshift_security_group", "aws_vpc_security_group_vpc_association", "aws_config_config_rule", "aws_cloudformation_stack", "aws_ssm_parameter",
    ];

    private readonly Dictionary<string, NetworkInterface> _interfaces = [];

    /// <summary>Adds them all.</summary>
    public void Add()
    {
        foreach (var resource in index.All) Add(resource);
        foreach (var resource in index.All)
        {
            if (resource.Type == "aws_network_interface_sg_attachment") Join(resource, "network_interface_id", "security_group_id");
            else if (resource.Type == "aws_vpc_endpoint_security_group_association") Join(resource, "vpc_endpoint_id", "security_group_id");
        }

        foreach (var nic in _interfaces.Values) into.AddSeen(nic);
    }

    private void Add(TerraformResource resource)
    {
        if (!resource.Type.StartsWith("aws_", StringComparison.Ordinal) || NotAttached.Contains(resource.Type)) return;
        var groups = new SortedSet<SecurityGroupId>();
        var named = false;
        string? unknown = null;
        if (AttachmentKind.ByType.TryGetValue(resource.Type, out var kind))
        {
            foreach (var path in kind.Groups)
            {
                // The older argument names the same groups once more, by name.
                if (!named || path != "security_groups") Follow(resource.Values, path.Split('.'), 0);
            }
        }
        else
        {
            Search(resource.Values, 0);
        }

        if (unknown is not null) into.Add(new EstateGap(GapKind.NetworkInterfaces, index.SymbolOf(resource), $"The groups of {resource.Named} are not all known: {unknown}."));
        var isInterface = resource.Type == "aws_network_interface";
        if (!named && !isInterface && resource.Type != "aws_instance") return;
        var id = index.IdOf(resource);
        var fields = new TerraformFields(resource.Values);
        var subnet = Subnet(resource.Values, 0);
        var vpc = index.IdOf(resource["vpc_id"]) ?? SubnetVpc(subnet);

        // EC2 gives what names no group the default group of its VPC.
        if (!named && unknown is null && vpc is not null && !fields.Has("launch_template") && !fields.Has("network_interface") && !fields.Has("primary_network_interface") && index.DefaultGroupOf(vpc) is { } byDefault)
        {
            groups.Add(new SecurityGroupId(byDefault));
        }

        if (groups.Count == 0 && !isInterface && unknown is null) return;
        _interfaces[id] = new NetworkInterface(new NetworkInterfaceId(id), index.ScopeOf(resource))
        {
            Vpc = vpc is null ? null : new VpcId(vpc),
            Subnet = subnet is null ? null : new SubnetId(subnet),
            Groups = [.. groups],
            Addresses = [.. Addresses(fields)],
            InterfaceType = kind?.InterfaceType ?? "interface",
            Description = $"{kind?.What ?? resource.Type} {resource.Address}",
            Instance = resource.Type == "aws_instance" ? id : null,
            SourceDestCheck = resource["source_dest_check"] is not HclBool { Value: false },
            Tags = TerraformIndex.TagsOf(resource),
        };

        void Follow(HclValue value, string[] path, int at)
        {
            switch (value)
            {
                case HclList list:
                    foreach (var item in list.Items) Follow(item, path, at);
                    break;
                case HclMap map when at == path.Length - 1:
                    Take(map, path[at]);
                    break;
                case HclMap map when map.Items.TryGetValue(path[at], out var inner):
                    Follow(inner, path, at + 1);
                    break;
                case HclUnknown hidden:
                    unknown ??= hidden.Why;
                    break;
            }
        }

        void Search(HclValue value, int depth)
        {
            if (depth > DeepestBlock) return;
            if (value is HclList list)
            {
                foreach (var item in list.Items) Search(item, depth + 1);
            }
            else if (value is HclMap map)
            {
                foreach (var (key, inner) in map.Items)
                {
                    if (AttachmentKind.UsualArguments.Contains(key)) Take(map, key);
                    else if (inner is HclList or HclMap) Search(inner, depth + 1);
                }
            }
        }

        void Take(HclMap map, string argument)
        {
            var own = new TerraformFields(map);
            named |= own.Has(argument);
            groups.UnionWith(index.GroupsOf(own, argument));
            unknown ??= own.Unknown;
        }
    }

    private void Join(TerraformResource resource, string interfaceArgument, string groupArgument)
    {
        var group = resource[groupArgument] is { } named ? index.GroupOf(named) : null;
        var holder = index.IdOf(resource[interfaceArgument]);

        // The interface that an instance makes for itself is the instance's own.
        var owner = index.ResourceOf(resource[interfaceArgument]);
        if (owner is { Type: "aws_instance" }) holder = index.IdOf(owner);
        if (group is null || holder is null)
        {
            into.Add(new EstateGap(GapKind.NetworkInterfaces, index.SymbolOf(resource), $"What {resource.Named} joins is not known."));
            return;
        }

        var nic = _interfaces.TryGetValue(holder, out var known) ? known : new NetworkInterface(new NetworkInterfaceId(holder), index.ScopeOf(resource)) { Description = resource.Address };
        _interfaces[holder] = nic with { Groups = [.. nic.Groups.Append(group.Group).Distinct().Order()] };
    }

    // The first subnet that is named anywhere in the resource.
    private string? Subnet(HclValue value, int depth)
    {
        if (depth > DeepestBlock) return null;
        switch (value)
        {
            case HclList list: return list.Items.Select(i => Subnet(i, depth + 1)).FirstOrDefault(s => s is not null);
            case HclMap map:
                foreach (var name in AttachmentKind.SubnetArguments)
                {
                    if (!map.Items.TryGetValue(name, out var named)) continue;
                    if (index.IdOf(named is HclList list ? list.Items.FirstOrDefault() : named is HclUnknown && name != "subnet_id" ? null : named) is { } id) return id;
                }

                return map.Items.Values.Where(v => v is HclList or HclMap).Select(v => Subnet(v, depth + 1)).FirstOrDefault(s => s is not null);
            default: return null;
        }
    }

    private string? SubnetVpc(string? subnet) =>
        subnet is not null && index.SubnetById(subnet) is { } resource ? index.IdOf(resource["vpc_id"]) : null;

    private static IEnumerable<Address> Addresses(TerraformFields fields)
    {
        var texts = fields.Texts("private_ip").Concat(fields.Texts("private_ips")).Concat(fields.Texts("secondary_private_ips")).Concat(fields.Texts("ipv6_addresses"));
        foreach (var text in texts.Distinct())
        {
            if (Address.TryParse(text, out var address)) yield return address;
        }
    }
}
