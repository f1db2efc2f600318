using System.Collections.Immutable;
using Sallyport.Diagnostics;
using Sallyport.Estates;
using Sallyport.Estates.AwsCli;
using Sallyport.Estates.Files;
using Sallyport.Hcl.Evaluation;
using Sallyport.Hcl.Values;

namespace Sallyport.Terraform;

/// <summary>The resources of one unit of code by address, and what their arguments refer to.</summary>
internal sealed class TerraformIndex
{
    private static readonly string[] OwnIds = ["id", string.Empty];

    private readonly EstateFile _file;
    private readonly Dictionary<string, TerraformResource> _byAddress = [];
    private readonly Lazy<Dictionary<string, string>> _defaultGroups;
    private readonly Lazy<ILookup<string, SecurityGroupId>> _byName;
    private readonly Lazy<Dictionary<string, TerraformResource>> _subnets;

    /// <summary>An index of those resources.</summary>
    public TerraformIndex(ImmutableArray<TerraformResource> resources, EstateFile file)
    {
        (All, _file) = (resources, file);
        foreach (var resource in resources) _byAddress.TryAdd(resource.Address, resource);
        _defaultGroups = new(DefaultGroups);
        _subnets = new(() => resources.Where(r => r.Type is "aws_subnet" or "aws_default_subnet").DistinctBy(IdOf).ToDictionary(IdOf));
        _byName = new(() => resources.Where(r => r.Type == "aws_security_group" && r["name"] is HclString)
            .ToLookup(r => ((HclString)r["name"]!).Value, r => new SecurityGroupId(IdOf(r)), StringComparer.Ordinal));
    }

    /// <summary>In the order of the source.</summary>
    public ImmutableArray<TerraformResource> All { get; }

    /// <summary>The id of a resource: as AWS gave it when the source knows, else its address.</summary>
    public string IdOf(TerraformResource resource)
    {
        if (resource["id"] is HclString { Value.Length: > 0 } id) return id.Value;
        return resource.Type switch
        {
            "aws_default_route_table" => IdOf(resource["default_route_table_id"]) ?? _file.SymbolOf(resource.Address),
            "aws_default_network_acl" => IdOf(resource["default_network_acl_id"]) ?? _file.SymbolOf(resource.Address),
            _ => KindPrefix(resource.Type) + _file.SymbolOf(resource.Address),
        };
    }

    /// <summary>What a gap about a resource names: its address, with its unit.</summary>
    public string SymbolOf(TerraformResource resource) => _file.SymbolOf(resource.Address);

    /// <summary>The id that a value is or refers to; null when it is neither.</summary>
    public string? IdOf(HclValue? value) => value switch
    {
        HclString { Value.Length: > 0 } text => text.Value,
        HclUnknown { Reference: { } reference } => IdOf(reference),
        HclResourceValue resource => IdOf(resource.Address),
        _ => null,
    };

    /// <summary>The resource that a value refers to; null when the unit has none.</summary>
    public TerraformResource? ResourceOf(HclValue? value) =>
        value is HclUnknown { Reference: { } reference } ? _byAddress.GetValueOrDefault(TerraformReference.Parse(reference).Address) : null;

    /// <summary>The group that a value names by id, reference or name; null when it cannot be told.</summary>
    public GroupPeer? GroupOf(HclValue value)
    {
        if (value is HclString text)
        {
            // Another account's group is written 111122223333/sg-….
            var slash = text.Value.IndexOf('/', StringComparison.Ordinal);
            if (slash > 0 && ScopeNames.IsAccount(text.Value[..slash])) return new GroupPeer(new SecurityGroupId(text.Value[(slash + 1)..])) { Account = text.Value[..slash] };
            if (text.Value.StartsWith("sg-", StringComparison.Ordinal)) return new GroupPeer(new SecurityGroupId(text.Value));
            return _byName.Value[text.Value].Take(2).ToList() is [var named] ? new GroupPeer(named) : null;
        }

        // A reference to a name is one to its group: old code names groups by it.
        return IdOf(value) is { } id ? new GroupPeer(new SecurityGroupId(id)) : null;
    }

    /// <summary>The group that a reference or an id names; null when it names something else.</summary>
    public SecurityGroupId? GroupNamed(string reference)
    {
        if (reference.StartsWith("sg-", StringComparison.Ordinal)) return new SecurityGroupId(reference);
        return _byAddress.TryGetValue(TerraformReference.Parse(reference).Address, out var found) || _byAddress.TryGetValue(reference, out found)
            ? found.Type is "aws_security_group" or "aws_default_security_group" ? new SecurityGroupId(IdOf(found)) : null
            : null;
    }

    /// <summary>Groups that an argument names; what cannot be told is noted there.</summary>
    public ImmutableArray<SecurityGroupId> GroupsOf(TerraformFields fields, string name)
    {
        var groups = new SortedSet<SecurityGroupId>();
        foreach (var item in fields.Items(name))
        {
            if (GroupOf(item) is { } group) groups.Add(group.Group);
            else fields.NoteUnknown(name, item as HclUnknown ?? new HclUnknown($"{Shown(item)} is no group of this code"));
        }

        return [.. groups];
    }

    /// <summary>The default group of a VPC: the one declared for it, else a symbol of its own.</summary>
    public string? DefaultGroupOf(string vpc) => _defaultGroups.Value.GetValueOrDefault(vpc);

    /// <summary>A declared subnet by its id, symbolic or not; null when the unit has none of that id.</summary>
    public TerraformResource? SubnetById(string id) => _subnets.Value.GetValueOrDefault(id);

    /// <summary>Account and Region, as far as the resource, its provider or the file tell.</summary>
    public Scope ScopeOf(TerraformResource resource)
    {
        var region = (resource["region"] as HclString)?.Value ?? resource.Provider.Region ?? ScopeNames.RegionOfZone((resource["availability_zone"] as HclString)?.Value);
        return ScopeNames.Of(_file.Fallback, (resource["owner_id"] as HclString)?.Value ?? resource.Provider.Account, (resource["arn"] as HclString)?.Value, region);
    }

    /// <summary>Tags of the resource and of its provider.</summary>
    public static Tags TagsOf(TerraformResource resource)
    {
        var own = resource["tags_all"] as HclMap ?? resource["tags"] as HclMap;
        var why = ((resource["tags_all"] ?? resource["tags"]) as HclUnknown)?.Why ?? resource.Provider.UnknownTags;
        if (own is null && why is null && resource.Provider.DefaultTags.Items.IsEmpty) return Tags.None;
        var pairs = new Dictionary<string, string>();
        var unknown = new Dictionary<string, string>();
        if (why is not null) unknown.Add(string.Empty, why);
        foreach (var (key, value) in resource.Provider.DefaultTags.Items.Concat(own is null ? [] : own.Items))
        {
            switch (HclConversion.ToText(value))
            {
                case HclString text:
                    unknown.Remove(key);
                    pairs[key] = text.Value;
                    break;
                case HclUnknown open:
                    pairs.Remove(key);
                    unknown[key] = open.Why;
                    break;
            }
        }

        return Tags.Of(pairs, unknown);
    }

    /// <summary>Where a nested block stands, or the argument that stands for the blocks, else the resource.</summary>
    public static SourceSpan? PlaceOf(TerraformResource resource, string block, int position) =>
        resource.Blocks.TryGetValue((block, position), out var at) || resource.Blocks.TryGetValue((block, -1), out at) ? at : resource.At;

    private string IdOf(string reference)
    {
        var (address, attribute) = TerraformReference.Parse(reference);
        if (attribute == "main_route_table_id") attribute = "default_route_table_id";
        if (!_byAddress.TryGetValue(address, out var resource)) return _file.SymbolOf(attribute is "id" or "" ? address : $"{address}.{attribute}");
        if (IsOwnId(resource, attribute)) return IdOf(resource);
        if (resource[attribute] is HclString { Value.Length: > 0 } stated) return stated.Value;
        if (attribute == "default_security_group_id" && DefaultGroupOf(IdOf(resource)) is { } group) return group;
        return _file.SymbolOf($"{resource.Address}.{attribute}");
    }

    private static bool IsOwnId(TerraformResource resource, string attribute) =>
        OwnIds.Contains(attribute) || (resource.Type is "aws_security_group" or "aws_default_security_group" && attribute is "name" or "name_prefix" or "arn");

    private Dictionary<string, string> DefaultGroups()
    {
        var groups = new Dictionary<string, string>();
        foreach (var resource in All)
        {
            if (resource.Type == "aws_default_security_group" && IdOf(resource["vpc_id"]) is { } vpc) groups.TryAdd(vpc, IdOf(resource));
        }

        return groups;
    }

    // What a route leads to is told by how its id begins, so a symbol has to begin so too.
    private static string KindPrefix(string type) => type switch
    {
        "aws_internet_gateway" => "igw-",
        "aws_egress_only_internet_gateway" => "eigw-",
        "aws_nat_gateway" => "nat-",
        "aws_vpc_peering_connection" => "pcx-",
        "aws_ec2_transit_gateway" => "tgw-",
        "aws_vpn_gateway" => "vgw-",
        "aws_vpc_endpoint" => "vpce-",
        _ => string.Empty,
    };

    private static string Shown(HclValue value) => value is HclString text ? $"\"{text.Value}\"" : "the value";
}
