using Sallyport.Diagnostics;
using Sallyport.Estates;
using Sallyport.Estates.Files;
using Sallyport.Packets;

namespace Sallyport.Declarations;

/// <summary>
/// A group as code declares it: its own block and every rule that stands apart, collected and then added to an estate at once.
/// </summary>
/// <param name="id">As AWS gave it, or symbolic.</param>
/// <param name="scope">Where it lives; unknown parts are empty.</param>
internal sealed class DeclaredGroup(SecurityGroupId id, Scope scope)
{
    private readonly List<SecurityGroupRule> _rules = [];
    private readonly List<MalformedRule> _malformed = [];
    private readonly Dictionary<string, bool> _doubts = [];

    /// <summary>Which group.</summary>
    public SecurityGroupId Id => id;

    /// <summary>Its name, or the best stand-in that code has for one.</summary>
    public string Name { get; set; } = string.Empty;

    /// <summary>A clause: why its name is not known; null when it is known, or when the code gives it none.</summary>
    public string? UnknownName { get; set; }

    /// <summary>Its description.</summary>
    public string Description { get; set; } = string.Empty;

    /// <summary>A clause: why its description is not known; null when it is known.</summary>
    public string? UnknownDescription { get; set; }

    /// <summary>Its VPC; null when unknown.</summary>
    public VpcId? Vpc { get; set; }

    /// <summary>Its tags.</summary>
    public Tags Tags { get; set; } = Tags.None;

    /// <summary>Where it is declared; null while only rules for it were seen: then the rest of it is unknown.</summary>
    public SourceSpan? At { get; set; }

    /// <summary>Which resource of which language it is; null while only rules for it were seen.</summary>
    public GroupCode? Code { get; set; }

    /// <summary>True once its own block was read. Without it, rules of the group beyond those collected are unknown.</summary>
    public bool IsDeclared { get; set; }

    /// <summary>Where its own block was first seen to hold rules; null while it was not.</summary>
    public SourceSpan? OwnRules { get; set; }

    /// <summary>Where a rule was first seen that stands apart from its block. Together with <see cref="OwnRules"/>, each run undoes the other's.</summary>
    public SourceSpan? RulesApart { get; set; }

    /// <summary>Where code first names it without declaring it; null when it is declared, or when the source has no such places.</summary>
    public SourceSpan? NamedAt { get; set; }

    /// <summary>Rules so far, in the order of the code.</summary>
    public IReadOnlyList<SecurityGroupRule> Rules => _rules;

    /// <summary>Adds a rule for each peer; what EC2 would not take is kept as malformed and said.</summary>
    public void Add(DeclaredPermission permission, FileDiagnostics said)
    {
        var problem = permission.Problem;
        var slip = permission.Slip;
        Service service = default;
        if (permission.Protocol is null) problem ??= "it names no protocol";
        else if (!Protocol.TryParse(permission.Protocol, out var protocol)) problem ??= $"\"{permission.Protocol}\" is not a protocol";
        else if (!Service.TryCreate(protocol, permission.From, permission.To, out service, out var impossible)) problem ??= impossible;
        else if (protocol.HasPorts && (permission.From ?? -1) == -1 && (permission.To ?? -1) == -1) slip = $"{protocol} without ports means every port";
        if (permission.Peers.IsEmpty) problem ??= "it names no peer";
        if (problem is not null)
        {
            if (permission.At is { } at) said.Add(EstateDiagnostics.MalformedRule(id.Value, problem, at));
            _malformed.Add(new MalformedRule(permission.Direction, problem, permission.At));
            return;
        }

        foreach (var peer in permission.Peers)
        {
            _rules.Add(new SecurityGroupRule(permission.Direction, service, peer)
            {
                Id = permission.Id,
                Description = permission.Description,
                UnknownDescription = permission.UnknownDescription,
                Tags = permission.Tags,
                Slip = slip,
                File = permission.At?.File,
                Line = permission.At?.Line ?? 0,
            });
        }
    }

    /// <summary>Says that one or more rules could not be worked out. Verdicts about the group are then unknown.</summary>
    /// <param name="why">A sentence.</param>
    /// <param name="isLeftOpen">False when the code is wrong, rather than that it leaves a value to a run or to other code.</param>
    public void Doubt(string why, bool isLeftOpen = true) => _doubts[why] = isLeftOpen;

    /// <summary>Adds the group, and a gap for each doubt.</summary>
    public void AddTo(EstateBuilder into)
    {
        into.Add(new SecurityGroup(id, scope)
        {
            Name = Name,
            UnknownName = UnknownName,
            Description = Description,
            UnknownDescription = UnknownDescription,
            Vpc = Vpc,
            Tags = Tags,
            At = At,
            Code = Code is null ? null : Code with { Inline = OwnRules, Standalone = RulesApart },
            Rules = [.. _rules.DistinctBy(r => r.Key).OrderBy(r => r.Key)],
            Malformed = [.. _malformed],
        });
        foreach (var (why, isLeftOpen) in _doubts.OrderBy(d => d.Key, StringComparer.Ordinal)) into.Add(new EstateGap(GapKind.Rules, id.Value, why) { IsLeftOpen = isLeftOpen });
        if (!IsDeclared) into.Add(new EstateGap(GapKind.Rules, id.Value, $"The code adds rules to the group without declaring it{(NamedAt is { } at ? $" ({at.File}:{at.Line})" : string.Empty)}.") { IsLeftOpen = true });
    }
}
