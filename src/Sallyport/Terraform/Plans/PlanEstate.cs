using Sallyport.Estates;
using Sallyport.Estates.AwsCli;
using Sallyport.Estates.Files;
using Sallyport.Hcl.Values;

namespace Sallyport.Terraform.Plans;

/// <summary>One side of a plan, or a state, as resources that make an estate.</summary>
internal sealed class PlanEstate
{
    private readonly TerraformPlan _plan;
    private readonly PlanSide _side;
    private readonly PlanReferences _references;
    private readonly PlanUnknowns _unknowns;
    private readonly StaleRules _stale;
    private readonly FileDiagnostics _said;

    private PlanEstate(TerraformPlan plan, PlanSide side, FileDiagnostics said)
    {
        (_plan, _side, _said) = (plan, side, said);
        _references = new PlanReferences(plan);
        _unknowns = new PlanUnknowns(_references);
        _stale = new StaleRules(plan.Instances.Concat(plan.Prior));
    }

    /// <summary>Adds one side of a plan, or a state, to an estate.</summary>
    public static void Add(TerraformPlan plan, PlanSide side, EstateFile file, EstateBuilder into, FileDiagnostics said)
    {
        if (plan.Prior.Count > 0)
        {
            var changed = plan.Instances.Select(i => i.Address).ToHashSet();
            plan.Prior.RemoveAll(i => changed.Contains(i.Address));
        }

        var estate = new PlanEstate(plan, side, said);
        var resources = plan.Instances.Concat(plan.Prior).Where(i => !i.IsData && ((i.Before ?? i.After) is not null || i.UnknownAction is not null)).SelectMany(estate.ResourcesOf).ToList();
        estate.DoubtPossibleOwners(resources, file, into);
        TerraformEstate.Add(resources, file with { Fallback = estate.FallbackOf(file.Fallback, resources) }, into, said);
        estate.AddGaps(into);
        if (plan.Instances.Concat(plan.Prior).Any(IsGroup)) into.MarkKnownEmpty();
    }

    private IEnumerable<TerraformResource> ResourcesOf(PlanInstance instance)
    {
        if (_side == PlanSide.Before || _plan.IsState)
        {
            if (instance.Before is { } now) yield return Resource(instance, instance.Address, IsGroup(instance) ? _stale.Without(now, _ => false) : now);
            yield break;
        }

        if (instance.Actions.Contains("forget") && instance.Before is { } forgotten)
        {
            var (address, id) = ($"{instance.Address} (forgotten)", Id(forgotten));
            _said.Add(PlanDiagnostics.Forgotten(instance.Address, id, instance.At));
            yield return Resource(instance, address, IsGroup(instance) ? _stale.Without(forgotten, _ => false) : forgotten);
        }

        if (instance.UnknownAction is { } action)
        {
            _said.Add(PlanDiagnostics.UnknownAction(instance.Address, Short(action), instance.At));
            if ((instance.After ?? instance.Before) is { } either) yield return Resource(instance, instance.Address, _unknowns.Settle(instance, either)) with { Doubt = DoubtOf(action) };
            yield break;
        }

        if (instance.After is not { } after) yield break;
        if (instance.IsReplaced && IsGroup(instance) && instance.Before is { } replaced) _said.Add(PlanDiagnostics.Replaced(instance.Address, Id(replaced), instance.At));
        if (IsGroup(instance))
        {
            var block = _references.BlockOf(instance);
            after = _stale.Without(after, direction => block?.Arguments.ContainsKey(direction) == true);
        }

        yield return Resource(instance, instance.Address, _unknowns.Settle(instance, after));
    }

    /// <summary>
    /// A rule whose group is one of a few puts a doubt on these, not on every group: it is taken out, and a gap of each takes its place.
    /// </summary>
    private void DoubtPossibleOwners(List<TerraformResource> resources, EstateFile file, EstateBuilder into)
    {
        if (_side == PlanSide.Before || _plan.IsState) return;
        var rules = new Lazy<Dictionary<string, PlanInstance>>(() => _plan.Instances.Where(i => PlanReader.IsRule(i.Type)).DistinctBy(i => i.Address).ToDictionary(i => i.Address));
        resources.RemoveAll(resource =>
        {
            if (resource["security_group_id"] is not HclUnknown { Reference: null } || !rules.Value.TryGetValue(resource.Address, out var instance)) return false;
            if (_references.BlockOf(instance)?.Arguments.GetValueOrDefault("security_group_id") is not { } expression) return false;
            var sources = _references.SourcesOf(expression, instance, isGroup: true);
            if (sources.Opaque.Count > 0 || sources.Unknown.Count == 0 || sources.Unknown.Any(u => !u.EndsWith(".id", StringComparison.Ordinal))) return false;
            foreach (var owner in sources.Unknown.Select(u => u[..^".id".Length]))
            {
                into.Add(new EstateGap(GapKind.Rules, file.SymbolOf(owner), $"{resource.Address} may be a rule of this group: {sources.Why}.") { IsLeftOpen = true });
            }

            return true;
        });
    }

    private TerraformResource Resource(PlanInstance instance, string address, HclMap values)
    {
        var key = _references.BlockOf(instance)?.Provider;
        var region = key is not null && _plan.Regions.TryGetValue(key, out var expression) ? _references.TextOf(expression) : null;
        var account = key is null ? null : _plan.Accounts.GetValueOrDefault(key);
        return new TerraformResource(address, instance.Type, values, instance.At) { Provider = new TerraformProvider(account, region, HclMap.Empty) };
    }

    // New things tell no account; where everything that exists is in one, so are they.
    private Scope FallbackOf(Scope fallback, List<TerraformResource> resources)
    {
        if (fallback.Account.Length > 0) return fallback;
        var accounts = new HashSet<string>();
        foreach (var resource in resources)
        {
            var scope = ScopeNames.Of(fallback, (resource["owner_id"] as HclString)?.Value, (resource["arn"] as HclString)?.Value, null);
            if (scope.Account.Length > 0) accounts.Add(scope.Account);
        }

        return accounts.Count == 1 && _plan.Regions.Count < 2 ? fallback with { Account = accounts.First() } : fallback;
    }

    private void AddGaps(EstateBuilder into)
    {
        if (_side == PlanSide.Before || _plan.IsState) return;
        if (_plan.IsErrored) into.Add(new EstateGap(GapKind.SecurityGroups, string.Empty, "Terraform could not finish the plan, so what is in it is not all.", IsReadFailure: true));
        foreach (var instance in _plan.Instances)
        {
            // The doubts of groups and rules are with the groups.
            if (instance is not { UnknownAction: { } action, IsData: false } || ((IsGroup(instance) || PlanReader.IsRule(instance.Type)) && (instance.After ?? instance.Before) is not null)) continue;
            var (kind, where) = IsGroup(instance) ? (GapKind.SecurityGroups, instance.Address) : PlanReader.IsRule(instance.Type) ? (GapKind.Rules, string.Empty) : (GapKind.NetworkInterfaces, instance.Address);
            into.Add(new EstateGap(kind, where, $"What becomes of {instance.Address} is not known: {DoubtOf(action)}."));
        }

        foreach (var (address, type, reason) in _plan.Deferred)
        {
            var kind = PlanReader.IsRule(type) ? GapKind.Rules : type is "aws_security_group" or "aws_default_security_group" ? GapKind.SecurityGroups : GapKind.NetworkInterfaces;
            into.Add(new EstateGap(kind, kind == GapKind.NetworkInterfaces ? address : string.Empty, $"The plan puts off {address} ({reason.Replace('_', ' ')})."));
        }
    }

    private static string DoubtOf(string action) => $"the plan's action for it is \"{Short(action)}\"";

    private static string Short(string action) => action.Length <= 40 ? action : $"{action[..40]}…";

    private static bool IsGroup(PlanInstance instance) => instance.Type is "aws_security_group" or "aws_default_security_group";

    private static string Id(HclMap values) => values.Items.GetValueOrDefault("id") is HclString id ? id.Value : "the object";
}
