using System.Collections.Immutable;
using Sallyport.CloudFormation.Evaluation;
using Sallyport.CloudFormation.Values;
using Sallyport.Declarations;
using Sallyport.Diagnostics;
using Sallyport.Estates;
using Sallyport.Estates.Files;
using Sallyport.Packets;
using Sallyport.Yaml;

namespace Sallyport.CloudFormation.Mapping;

/// <summary>
/// Groups with their inline rules and those that stand apart. A rule that is there whichever way open conditions fall is a rule; one that
/// is there only sometimes, or differs, is a doubt about its group that says when it applies.
/// </summary>
internal sealed class GroupMapper(IReadOnlyList<TemplateResource> resources, Evaluator evaluator, Identities identities, EstateFile file, EstateBuilder into, FileDiagnostics said)
{
    /// <summary>The one switch of docs/decisions/0006.</summary>
    private const ImplicitEgress Implicit = ImplicitEgress.RemovedByStandaloneRule;

    private const string IngressType = "AWS::EC2::SecurityGroupIngress";
    private const string EgressType = "AWS::EC2::SecurityGroupEgress";

    private const string DependsOnCondition = "it depends on a condition that is not known";

    /// <summary>CDK's custom resource that takes the rules of a VPC's default group away.</summary>
    private const string DefaultGroupRestriction = "Custom::VpcRestrictDefaultSG";

    private readonly PermissionReader _permissions = new(identities);
    private readonly Dictionary<SecurityGroupId, DeclaredGroup> _groups = [];
    private readonly List<DeclaredGroup> _ordered = [];
    private readonly Dictionary<SecurityGroupId, TemplateResource> _declared = [];
    private readonly HashSet<Diagnostic> _saidOnce = [];

    /// <summary>Adds every group of the stacks.</summary>
    public void Map()
    {
        var groups = resources.Where(r => r.Type == TemplateResource.SecurityGroup).ToList();
        foreach (var group in groups)
        {
            if (WrittenWhole(group, "GroupName") is TextValue { Text: var name }) identities.AddName(name, group);
        }

        var apart = resources.Where(r => r.Type is IngressType or EgressType).Select(r => (Rule: r, Targets: TargetsOf(r))).ToList();
        foreach (var group in groups) Declare(group, apart.Where(a => a.Targets.Contains(new SecurityGroupId(identities.Of(group)))).Select(a => a.Rule).ToList());
        foreach (var (rule, targets) in apart)
        {
            if (targets.IsEmpty)
            {
                if (!NeverExists(rule)) LeaveOut(rule);
            }

            foreach (var target in targets) AddApart(rule, target);
        }
    }

    /// <summary>Hands the groups to the estate; after everything that may name a default group.</summary>
    public void Finish()
    {
        foreach (var vpc in identities.DefaultGroups.OrderBy(v => v.Address, StringComparer.Ordinal)) AddDefaultGroup(vpc);
        foreach (var group in _ordered) group.AddTo(into);
    }

    private void Declare(TemplateResource resource, List<TemplateResource> apart)
    {
        var existence = WorldExplorer.Explore(w => evaluator.Exists(resource, w));
        var holding = existence.Results.Where(r => r.Value == true).ToList();
        if (!existence.IsCutOff && holding.Count == 0) return;
        if (existence.IsCutOff || holding.Count < existence.Results.Count)
        {
            var when = existence.IsCutOff ? "conditions that cannot be worked out hold" : holding[0].World.Describe();
            said.Add(CloudFormationDiagnostics.ConditionalGroup(resource.Address, when, resource.At));
        }

        var group = GroupOf(new SecurityGroupId(identities.Of(resource)));
        _declared[group.Id] = resource;
        group.IsDeclared = true;
        group.At = resource.At;
        var (name, description) = (WrittenWhole(resource, "GroupName"), WrittenWhole(resource, "GroupDescription"));
        group.Code = new GroupCode(CodeLanguage.CloudFormation, resource.Address) { HasName = name is TextValue };
        group.Name = (name as TextValue)?.Text ?? resource.LogicalId;
        group.UnknownName = name.WhyUnknown;
        group.Description = description.Written ?? string.Empty;
        group.UnknownDescription = description.WhyUnknown;
        group.Vpc = identities.VpcOf(WrittenWhole(resource, "VpcId"));
        group.Tags = TagsOf(resource);
        AddInline(group, resource, "SecurityGroupIngress", Direction.Ingress);
        AddInline(group, resource, "SecurityGroupEgress", Direction.Egress);
        AddImplicitEgress(group, resource, apart.Where(r => r.Type == EgressType).ToList());
    }

    private void AddInline(DeclaredGroup group, TemplateResource resource, string property, Direction direction)
    {
        // Items of a list that is written out are judged one by one: conditions of one must not multiply with those of another.
        var items = resource.Properties is MapNode map && map.Find(property) is ListNode list && !list.Items.IsEmpty ? list.Items.Length : 0;
        if (items == 0)
        {
            Judge(group, resource, w => ReadAll(evaluator.Property(resource, property, w), direction));
            return;
        }

        group.OwnRules ??= resource.At;
        var nodes = ((ListNode)((MapNode)resource.Properties!).Find(property)!).Items;
        foreach (var node in nodes) Judge(group, resource, w => ReadAll(evaluator.Evaluate(resource.Stack, node, w), direction));
    }

    private ImmutableArray<CandidateRule> ReadAll(TemplateValue value, Direction direction)
    {
        var rules = ImmutableArray.CreateBuilder<CandidateRule>();
        foreach (var item in ResourceReader.Flatten(value))
        {
            rules.Add(item is MapValue map
                ? _permissions.Read(map.Find, direction, map.At, _scratch)
                : new CandidateRule(null, $"The {direction.ToString().ToLowerInvariant()} rules at {item.At.File}:{item.At.Line} cannot be worked out{Because(item)}."));
        }

        return rules.DrainToImmutable();
    }

    private FileDiagnostics _scratch = new();

    /// <summary>Adds what the worlds in which the group exists agree on, and a doubt for everything else.</summary>
    private void Judge(DeclaredGroup group, TemplateResource? declared, Func<World, ImmutableArray<CandidateRule>> read)
    {
        _scratch = new FileDiagnostics();
        var worlds = WorldExplorer.Explore(w =>
        {
            var exists = declared is null ? true : evaluator.Exists(declared, w);
            return exists == true ? read(w) : (ImmutableArray<CandidateRule>?)null;
        });
        foreach (var diagnostic in _scratch.ToList(file.Name))
        {
            if (_saidOnce.Add(diagnostic)) said.Add(diagnostic);
        }

        var held = worlds.Results.Where(r => r.Value is not null).Select(r => (r.World, Rules: r.Value!.Value)).ToList();
        if (worlds.IsCutOff) group.Doubt($"Rules of the group depend on more conditions than can be tried ({(declared?.At ?? group.At)?.File}).");
        if (held.Count == 0) return;
        var meanings = held.Select(h => h.Rules.Select(r => r.Meaning).ToHashSet()).ToList();
        var shared = worlds.IsCutOff ? [] : meanings.Aggregate((a, b) => [.. a.Where(b.Contains)]);
        var seen = new HashSet<string>();
        var descriptions = held.Count < 2 ? null : held.SelectMany(h => h.Rules).Where(r => r.Permission is not null).ToLookup(r => r.Meaning, r => r.Permission!.Description);
        for (var i = 0; i < held.Count; i++)
        {
            foreach (var rule in held[i].Rules)
            {
                if (!seen.Add(rule.Meaning)) continue;
                if (rule.Doubt is { } doubt) group.Doubt(doubt);
                else if (shared.Contains(rule.Meaning)) group.Add(descriptions?[rule.Meaning].Distinct().Count() > 1 ? rule.Permission! with { Description = string.Empty, UnknownDescription = DependsOnCondition } : rule.Permission!, said);
                else group.Doubt($"A rule ({rule.Describe()}, {rule.Permission!.At?.File}:{rule.Permission.At?.Line}) applies only when {held[i].World.Describe()}, which is not known.");
            }
        }
    }

    private void AddImplicitEgress(DeclaredGroup group, TemplateResource resource, List<TemplateResource> apart)
    {
        var at = resource.At;
        TemplateResource? remover = null;
        Judge(group, resource, w =>
        {
            var egress = evaluator.Property(resource, "SecurityGroupEgress", w);
            if (!ResourceReader.Flatten(egress).IsEmpty) return [];
            if (Implicit == ImplicitEgress.RemovedByStandaloneRule)
            {
                foreach (var rule in apart)
                {
                    if (evaluator.Exists(rule, w) == false) continue;
                    remover ??= rule;
                    return [];
                }
            }

            return [new CandidateRule(AllIPv4(Direction.Egress, at), null)];
        });
        if (remover is not null) said.Add(CloudFormationDiagnostics.ImplicitEgressRemoved(resource.Address, remover.Address, at));
        else if (group.Rules.Any(r => r.Direction == Direction.Egress && r.Line == at.Line && r.Service == Service.Any))
        {
            group.Code = group.Code! with { HasImplicitEgress = true };
            said.Add(CloudFormationDiagnostics.ImplicitEgress(resource.Address, at));
        }
    }

    private static DeclaredPermission AllIPv4(Direction direction, SourceSpan at) =>
        new(direction, at) { Protocol = "-1", From = -1, To = -1, Peers = [new CidrPeer(Cidr.AnyV4)] };

    /// <summary>Groups that a rule apart may belong to, in any world in which it exists.</summary>
    private ImmutableArray<SecurityGroupId> TargetsOf(TemplateResource rule) =>
        [.. WorldExplorer.Explore(w => evaluator.Exists(rule, w) == false ? null : TargetOf(rule, w)).Results.Select(r => r.Value).OfType<SecurityGroupId>().Distinct()];

    private SecurityGroupId? TargetOf(TemplateResource rule, World world)
    {
        var id = evaluator.Property(rule, "GroupId", world);
        return identities.GroupOf(id is NothingValue ? evaluator.Property(rule, "GroupName", world) : id);
    }

    private bool NeverExists(TemplateResource rule) => WorldExplorer.Explore(w => evaluator.Exists(rule, w)) is { IsCutOff: false } worlds && worlds.Results.All(r => r.Value == false);

    private void LeaveOut(TemplateResource rule)
    {
        said.Add(CloudFormationDiagnostics.RuleWithoutGroup(rule.Address, rule.At));
        into.Add(new EstateGap(GapKind.Rules, identities.Of(rule), $"It cannot be worked out to which group the rule at {rule.At.File}:{rule.At.Line} belongs."));
    }

    private void AddApart(TemplateResource rule, SecurityGroupId target)
    {
        if (NeverExists(rule)) return;
        var direction = rule.Type == IngressType ? Direction.Ingress : Direction.Egress;
        var owner = _declared.GetValueOrDefault(target);
        if (owner is null && resources.Any(r => r.Type == TemplateResource.SecurityGroup && identities.Of(r) == target.Value)) return;
        GroupOf(target).RulesApart ??= rule.At;
        GroupOf(target).NamedAt ??= rule.At;
        Judge(GroupOf(target), owner, w =>
        {
            if (evaluator.Exists(rule, w) != true || TargetOf(rule, w) != target) return [];
            return [_permissions.Read(name => evaluator.Property(rule, name, w), direction, rule.At, _scratch)];
        });
    }

    private void AddDefaultGroup(TemplateResource vpc)
    {
        var id = identities.DefaultGroupOf(vpc);
        var group = GroupOf(id);
        group.IsDeclared = true;
        group.Name = "default";
        group.Code = new GroupCode(CodeLanguage.CloudFormation, $"{vpc.Address}.DefaultSecurityGroup") { HasName = true, HasImplicitEgress = true };
        group.Description = "default VPC security group";
        group.Vpc = new VpcId(identities.Of(vpc));
        group.At = vpc.At;
        if (resources.Any(r => r.Type == DefaultGroupRestriction && identities.GroupOf(evaluator.Property(r, "DefaultSecurityGroupId", World.Open())) == id)) return;
        group.Add(new DeclaredPermission(Direction.Ingress, vpc.At) { Protocol = "-1", Peers = [new GroupPeer(id)] }, said);
        group.Add(AllIPv4(Direction.Egress, vpc.At), said);
    }

    private DeclaredGroup GroupOf(SecurityGroupId id)
    {
        if (_groups.TryGetValue(id, out var group)) return group;
        group = new DeclaredGroup(id, file.Fallback);
        _groups.Add(id, group);
        _ordered.Add(group);
        return group;
    }

    /// <summary>A property that is the same in every world; unknown where it is not.</summary>
    private TemplateValue WrittenWhole(TemplateResource resource, string property)
    {
        var worlds = WorldExplorer.Explore(w => evaluator.Property(resource, property, w));
        if (worlds.IsDecided) return worlds.Results[0].Value;
        var written = worlds.Results.Select(r => r.Value.Written).Distinct().ToList();
        return !worlds.IsCutOff && written is [not null] ? worlds.Results[0].Value : new UnknownValue(DependsOnCondition, resource.At);
    }

    /// <summary>The tags that a group has in every world; the others are not known.</summary>
    private Tags TagsOf(TemplateResource resource)
    {
        var worlds = WorldExplorer.Explore(w => new ResourceReader(evaluator, resource, w).Tags());
        if (worlds.IsDecided) return worlds.Results[0].Value;
        var all = worlds.Results.Select(r => r.Value).ToList();
        var pairs = new Dictionary<string, string>();
        var unknown = new Dictionary<string, string>();
        if (worlds.IsCutOff) unknown.Add(string.Empty, DependsOnCondition);
        foreach (var (key, value) in all.SelectMany(t => t.Pairs))
        {
            if (all.TrueForAll(t => t[key] == value)) pairs[key] = value;
            else unknown[key] = DependsOnCondition;
        }

        foreach (var (key, why) in all.SelectMany(t => t.Unknown)) unknown.TryAdd(key, why);
        return Tags.Of(pairs, unknown);
    }

    private static string Because(TemplateValue value) => value switch
    {
        OutsideValue outside => $", because {outside.Why}",
        UnknownValue unknown => $", because {unknown.Why}",
        _ => ": they are not written as CloudFormation takes them",
    };
}
