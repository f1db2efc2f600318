using System.Collections.Immutable;
using Sallyport.Connectivity.Batches;
using Sallyport.Diagnostics;
using Sallyport.Estates;
using Sallyport.Packets;

namespace Sallyport.Connectivity.Questions;

/// <summary>
/// What people write for an end of a question, as a set of ends: a group id or name, <c>eni-…</c>, <c>i-…</c>, an address or block,
/// <c>vpc-…/…</c> for a group name, address or block within one VPC, <c>internet</c>, <c>*</c> for everybody, and the names that
/// the caller declares; those win over names of groups and over <c>internet</c>. An interface's public address names the interface.
/// Reports SPD2100-SPD2106. (contract: "Endpoints in --from/--to")
/// </summary>
public sealed class EndpointResolver
{
    private const int MostCandidates = 50_000;

    private readonly ConnectivityModel _model;
    private readonly IReadOnlyDictionary<string, Result<EndpointSet>> _declared;
    private readonly Lazy<ILookup<string, SecurityGroup>> _groups;
    private readonly Lazy<ILookup<string, SecurityGroup>> _symbols;
    private readonly Lazy<ILookup<string, NetworkInterface>> _instances;

    /// <summary>
    /// Resolves in a model; <paramref name="declared"/> are further names, such as those of a connections file. One that could not be
    /// resolved is an error only when somebody asks for it.
    /// </summary>
    public EndpointResolver(ConnectivityModel model, IReadOnlyDictionary<string, Result<EndpointSet>>? declared = null)
    {
        _model = model;
        _declared = declared ?? ImmutableDictionary<string, Result<EndpointSet>>.Empty;
        _groups = new(() => Estate.SecurityGroups.Where(g => g.Name.Length > 0).ToLookup(g => g.Name, StringComparer.Ordinal));
        _symbols = new(() => Estate.SecurityGroups.Where(g => g.Id.Value.Contains('#', StringComparison.Ordinal))
            .ToLookup(g => g.Id.Value[(g.Id.Value.IndexOf('#', StringComparison.Ordinal) + 1)..], StringComparer.Ordinal));
        _instances = new(() => Estate.NetworkInterfaces.Where(n => n.Instance is not null).ToLookup(n => n.Instance!, StringComparer.Ordinal));
    }

    /// <summary>False keeps errors from looking for the nearest name: over a million lines that costs more than it helps.</summary>
    internal bool Suggests { get; init; } = true;

    private Estate Estate => _model.Estate;

    /// <summary>The set that a text names, under that text.</summary>
    public Result<EndpointSet> Resolve(string text)
    {
        if (string.IsNullOrWhiteSpace(text)) return Failed(EndpointDiagnostics.NotUnderstood(text));
        if (_declared.TryGetValue(text, out var declared)) return declared;
        if (text == "*") return Ok(_model.Everybody());
        if (text == "internet") return Ok(_model.Internet());
        return ById(text) ?? ByAddress(text, null) ?? ByVpc(text) ?? ByName(text);
    }

    /// <summary>An interface, or an address, alone or within one VPC: what a single packet can have as an end.</summary>
    internal Result<EndpointSet> ResolvePacketEnd(string text)
    {
        if (text.StartsWith("eni-", StringComparison.Ordinal)) return ById(text)!.Value;
        if (Address.TryParse(text, out var address)) return One(text, address, null);
        return text.IndexOf('/', StringComparison.Ordinal) is > 0 and var slash && text.StartsWith("vpc-", StringComparison.Ordinal) && Address.TryParse(text.AsSpan(slash + 1), out _)
            ? ByVpc(text)!.Value
            : Failed(PacketDiagnostics.NoPacketEnd(text));
    }

    private Result<EndpointSet>? ById(string text)
    {
        if (text.StartsWith("sg-", StringComparison.Ordinal))
        {
            var id = new SecurityGroupId(text);
            return Estate.Index.Groups.TryGetValue(id, out var group)
                ? Ok(_model.OfGroup(id, NameOf(group)))
                : Failed(EndpointDiagnostics.NotInEstate("group", text, Nearest(text, Estate.SecurityGroups.Select(g => g.Id.Value))));
        }

        if (text.StartsWith("eni-", StringComparison.Ordinal))
        {
            return _model.NicOf(new NetworkInterfaceId(text)) is >= 0 and var nic
                ? Ok(_model.OfInterface(Estate.NetworkInterfaces[nic]))
                : Failed(EndpointDiagnostics.NotInEstate("interface", text, Nearest(text, Estate.NetworkInterfaces.Select(n => n.Id.Value))));
        }

        return text.StartsWith("i-", StringComparison.Ordinal) && !_groups.Value.Contains(text) ? ByInstance(text) : BySymbol(text);
    }

    /// <summary>A thing of code: by its whole id, or by what stands behind the path of its unit when only one unit has it.</summary>
    private Result<EndpointSet>? BySymbol(string text)
    {
        if (Estate.Index.Groups.TryGetValue(new SecurityGroupId(text), out var whole)) return Ok(_model.OfGroup(whole.Id, NameOf(whole)));
        if (_model.NicOf(new NetworkInterfaceId(text)) is >= 0 and var nic) return Ok(_model.OfInterface(Estate.NetworkInterfaces[nic]));
        var groups = _symbols.Value[text].ToList();
        if (groups.Count > 1) return Failed(Ambiguous(text, groups));
        return groups is [var only] ? Ok(_model.OfGroup(only.Id, NameOf(only))) : null;
    }

    private Result<EndpointSet> ByInstance(string text)
    {
        var interfaces = _instances.Value[text].ToList();
        if (interfaces.Count > 0) return Ok(interfaces.Select(n => _model.OfInterface(n, text)).Aggregate((a, b) => a.Union(b)));
        return Failed(Estate.Instances.Any(i => i.Id == text)
            ? EndpointDiagnostics.NoInterfaces(text)
            : EndpointDiagnostics.NotInEstate("instance", text, Nearest(text, _instances.Value.Select(i => i.Key))));
    }

    private Result<EndpointSet>? ByAddress(string text, VpcId? vpc)
    {
        var what = vpc is null ? text : text[(vpc.Value.Value.Length + 1)..];
        if (Address.TryParse(what, out var address)) return One(text, address, vpc);
        if (!Cidr.TryParse(what, out var cidr, out var hadHostBits)) return null;

        // A block of one address is that address: 203.0.113.7/32 must not mean less than 203.0.113.7.
        if (cidr.PrefixLength == Cidr.Width(cidr.Family)) return One(text, cidr.First, vpc);
        var set = _model.OfBlocks(text, [cidr]);
        if (vpc is not null) set = set with { Places = [.. set.Places.Where(p => Estate.NetworkInterfaces[p.Nic].Vpc == vpc)] };
        return new Result<EndpointSet>(set, hadHostBits ? [EndpointDiagnostics.HostBits(what, cidr.ToString())] : []);
    }

    private Result<EndpointSet> One(string text, Address address, VpcId? vpc)
    {
        var holders = _model.Addresses.HoldersOf(address).Where(n => vpc is null || n.Vpc == vpc).ToList();
        if (holders.Count == 0)
        {
            var ofPublic = _model.Addresses.HolderOfPublic(address) is { } held && (vpc is null || held.Vpc == vpc) ? held : null;
            return Ok(_model.OfEndpoint(ofPublic ?? Endpoint.Outside(address, vpc), text));
        }

        var vpcs = holders.Select(n => n.Vpc).Distinct().ToList();
        if (vpcs.Count > 1) return Failed(EndpointDiagnostics.AmbiguousAddress(address.ToString(), [.. vpcs.Select(v => v?.Value ?? "an unknown VPC").Order(StringComparer.Ordinal)]));
        return Ok(holders.Select(n => _model.OfEndpoint(Endpoint.Of(n, address), text) with { IsPrivateAddress = address.Family == IpFamily.V4 }).Aggregate((a, b) => a.Union(b)));
    }

    private Result<EndpointSet>? ByVpc(string text)
    {
        if (!text.StartsWith("vpc-", StringComparison.Ordinal) || text.IndexOf('/', StringComparison.Ordinal) is not (> 0 and var slash)) return null;
        var vpc = new VpcId(text[..slash]);
        if (!IsKnown(vpc)) return Failed(EndpointDiagnostics.NotInEstate("VPC", vpc.Value, Nearest(vpc.Value, Estate.Vpcs.Select(v => v.Id.Value))));
        if (ByAddress(text, vpc) is { } address) return address;
        var name = text[(slash + 1)..];
        var here = _groups.Value[name].Where(g => g.Vpc == vpc).ToList();
        return here.Count switch
        {
            0 => Failed(EndpointDiagnostics.Unknown(text, Nearest(name, Estate.SecurityGroups.Where(g => g.Vpc == vpc).Select(g => g.Name)) is { } nearest ? $"{vpc}/{nearest}" : null)),
            1 => Ok(_model.OfGroup(here[0].Id, NameOf(here[0]))),
            _ => Failed(Ambiguous(name, here)),
        };
    }

    private Result<EndpointSet> ByName(string text)
    {
        var groups = _groups.Value[text].ToList();
        if (groups.Count == 1) return Ok(_model.OfGroup(groups[0].Id, NameOf(groups[0])));
        if (groups.Count > 1) return Failed(Ambiguous(text, groups));
        return Failed(EndpointDiagnostics.Unknown(text, Nearest(text, [.. _declared.Keys, .. _groups.Value.Select(g => g.Key), "internet"])));
    }

    private static Diagnostic Ambiguous(string name, IEnumerable<SecurityGroup> groups) => EndpointDiagnostics.AmbiguousGroup(
        name, [.. groups.OrderBy(g => g.Id).Select(g => $"{g.Id} in {g.Vpc?.Value ?? "an unknown VPC"} ({g.Scope})")]);

    private bool IsKnown(VpcId vpc) => Estate.Index.Vpcs.ContainsKey(vpc)
        || Estate.SecurityGroups.Any(g => g.Vpc == vpc) || Estate.NetworkInterfaces.Any(n => n.Vpc == vpc);

    private static string NameOf(SecurityGroup group) => group.Name.Length == 0 ? group.Id.Value : $"{group.Name} ({group.Id})";

    // A suggestion is worth a walk over the names of any real estate, but not over those of one made to be slow.
    private string? Nearest(string text, IEnumerable<string> names)
    {
        if (!Suggests || text.Length > 300) return null;
        var candidates = names.Distinct(StringComparer.Ordinal).Take(MostCandidates + 1).ToList();
        return candidates.Count > MostCandidates ? null : NearestName.Find(text, candidates);
    }

    private static Result<EndpointSet> Ok(EndpointSet set) => Result<EndpointSet>.Ok(set);

    private static Result<EndpointSet> Failed(Diagnostic diagnostic) => Result<EndpointSet>.Failed(diagnostic);
}
