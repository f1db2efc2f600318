using System.Collections.Frozen;
using System.Collections.Immutable;
using Sallyport.CloudFormation.Evaluation;
using Sallyport.CloudFormation.Values;
using Sallyport.Estates;
using Sallyport.Yaml;

namespace Sallyport.CloudFormation.Mapping;

/// <summary>
/// What carries groups becomes one interface with the resource's address as id. Groups that it carries only under an open condition, or that
/// cannot be worked out, are a gap at that address.
/// </summary>
internal sealed class AttachmentMapper(IReadOnlyList<TemplateResource> resources, Evaluator evaluator, Identities identities, Scope scope, EstateBuilder into)
{
    private static readonly FrozenDictionary<string, AttachmentKind> Kinds =
        AttachmentKind.All.DistinctBy(k => k.Type).ToFrozenDictionary(k => k.Type, StringComparer.Ordinal);

    private readonly Dictionary<SubnetId, VpcId> _vpcs = [];

    /// <summary>Adds them all.</summary>
    public void Map()
    {
        foreach (var subnet in resources.Where(r => r.Type == "AWS::EC2::Subnet"))
        {
            if (identities.VpcOf(evaluator.Property(subnet, "VpcId", World.Open())) is { } vpc) _vpcs[new SubnetId(identities.Of(subnet))] = vpc;
        }

        foreach (var resource in resources)
        {
            if (Kinds.TryGetValue(resource.Type, out var kind)) Map(resource, kind);
        }
    }

    private void Map(TemplateResource resource, AttachmentKind kind)
    {
        var worlds = WorldExplorer.Explore(w => evaluator.Exists(resource, w) == true ? ReadGroups(resource, kind, w) : (ImmutableArray<Carried>?)null);
        var held = worlds.Results.Where(r => r.Value is not null).Select(r => (r.World, Groups: r.Value!.Value)).ToList();
        if (held.Count == 0 || (held.All(h => h.Groups.IsEmpty) && resource.Type != "AWS::EC2::NetworkInterface")) return;
        var id = identities.Of(resource);
        var certain = held[0].Groups.Where(g => g.Group is not null && held.All(h => h.Groups.Contains(g))).Select(g => g.Group!.Value).Distinct().Order().ToImmutableArray();
        var doubts = held.SelectMany(h => h.Groups).Where(g => g.Why is not null).Select(g => $"It may carry groups that are not known, because {g.Why}.")
            .Concat(held.SelectMany(h => h.Groups.Where(g => g.Group is { } group && !certain.Contains(group)).Select(g => $"It carries {g.Group} only when {h.World.Describe()}, which is not known.")))
            .ToHashSet();
        if (worlds.IsCutOff) doubts.Add("Its groups depend on more conditions than can be tried.");
        foreach (var doubt in doubts.Order(StringComparer.Ordinal)) into.Add(new EstateGap(GapKind.NetworkInterfaces, id, doubt));
        into.AddSeen(Describe(resource, kind, id, certain, held[0].World));
    }

    private NetworkInterface Describe(TemplateResource resource, AttachmentKind kind, string id, ImmutableArray<SecurityGroupId> groups, World world)
    {
        var reader = new ResourceReader(evaluator, resource, world);
        var subnet = kind.Subnets.Length > 0 && reader.Items(kind.Subnets) is [var only] ? identities.SubnetOf(only) : null;
        VpcId? vpc = subnet is { } known && _vpcs.TryGetValue(known, out var found) ? found : null;
        vpc ??= reader.Get("VpcId") is var named and not NothingValue ? identities.VpcOf(named) : null;
        return new NetworkInterface(new NetworkInterfaceId(id), scope)
        {
            Vpc = vpc,
            Subnet = subnet,
            Groups = groups,
            InterfaceType = kind.InterfaceType,
            Description = kind.IsServiceMade ? $"{kind.Describes}{resource.Address}" : $"{resource.Type} {resource.Address}",
            RequesterManaged = kind.IsServiceMade,
            RequesterId = kind.Requester,
            Instance = resource.Type == "AWS::EC2::Instance" ? id : null,
            SourceDestCheck = !string.Equals(reader.Text("SourceDestCheck"), "false", StringComparison.OrdinalIgnoreCase),
            Tags = reader.Tags(),
        };
    }

    private ImmutableArray<Carried> ReadGroups(TemplateResource resource, AttachmentKind kind, World world)
    {
        var reader = new ResourceReader(evaluator, resource, world);
        var carried = ImmutableArray.CreateBuilder<Carried>();
        foreach (var path in kind.Groups)
        {
            foreach (var value in reader.Items(path).Concat(Globals(resource, path, world, reader))) carried.Add(Carry(value));
        }

        return carried.DrainToImmutable();
    }

    /// <summary>What SAM's Globals give a function that does not say it itself.</summary>
    private ImmutableArray<TemplateValue> Globals(TemplateResource resource, string path, World world, ResourceReader reader)
    {
        if (resource.Type != "AWS::Serverless::Function" || reader.Get("VpcConfig") is not NothingValue) return [];
        if ((resource.Stack.Template.Globals?.Find("Function") as MapNode)?.Find("VpcConfig") is not MapNode config) return [];
        return config.Find(path[(path.IndexOf('.', StringComparison.Ordinal) + 1)..]) is { } node ? ResourceReader.Flatten(evaluator.Evaluate(resource.Stack, node, world)) : [];
    }

    private Carried Carry(TemplateValue value)
    {
        if (identities.GroupOf(value) is { } group) return new Carried(group, null);
        return new Carried(null, value switch
        {
            OutsideValue outside => outside.Why,
            UnknownValue unknown => unknown.Why,
            _ => "they are not written as CloudFormation takes them",
        });
    }

    private readonly record struct Carried(SecurityGroupId? Group, string? Why);
}
