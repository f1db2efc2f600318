using System.Collections.Immutable;
using Sallyport.Connections;
using Sallyport.Connections.Compiling;
using Sallyport.Connectivity;
using Sallyport.Connectivity.Differences;
using Sallyport.Diagnostics;
using Sallyport.Estates;
using Sallyport.Planning;
using Sallyport.Policies;
using Sallyport.Reachability;

namespace Sallyport.Auditing.Declared;

/// <summary>
/// A connections file held against the estate: its rules, the plan that would make them so, what that plan means, and its tests.
/// Each part is worked out on first use.
/// </summary>
internal sealed class DeclaredState
{
    private readonly Lazy<Result<DesiredRules>> _desired;
    private readonly Lazy<Dictionary<SecurityGroupId, List<DesiredRule>>> _managed;
    private readonly Lazy<HashSet<SecurityGroupId>> _named;
    private readonly Lazy<ILookup<SecurityGroupId, SecurityGroupId>> _links;
    private readonly Lazy<Result<Plan>> _plan;
    private readonly Lazy<DiffReport> _change;
    private readonly Lazy<Result<BoundTests>> _tests;
    private readonly Lazy<TestReport> _results;
    private readonly Lazy<ConnectivityModel> _model;

    public DeclaredState(Estate estate, ConnectionsFile file, DateOnly today)
    {
        Estate = estate;
        File = file;
        _desired = new(() => Compiler.Compile(file, estate));
        _managed = new(Managed);
        _named = new(() => [.. Desired.Groups.Select(g => g.Id)]);
        _links = new(Links);
        _plan = new(() => new Planner(new PlannerOptions { ForApply = false }).Plan(estate, Desired));
        _model = new(() => ConnectivityModel.Of(estate));
        _change = new(() => SemanticDiff.Between(Model, ConnectivityModel.Beside(Model, PlannedEstate.After(estate, Plan))));
        _tests = new(() => PolicyBinder.Bind(file, estate));
        _results = new(() => new TestRunner(Model, today).Run(_tests.Value.Value ?? BoundTests.None));
    }

    public Estate Estate { get; }

    public ConnectionsFile File { get; }

    /// <summary>Why the file says nothing about this estate, as a clause; null when it compiles.</summary>
    public string? WhyNotCompiled => WhyNot("the connections file does not fit this estate", _desired.Value.Value is null, _desired.Value.Diagnostics);

    /// <summary>Why there is no plan, as a clause; null when there is one.</summary>
    public string? WhyNotPlanned => WhyNotCompiled ?? WhyNot("the connections file gives no plan", _plan.Value.Value is null, _plan.Value.Diagnostics);

    /// <summary>Why the tests cannot be run, as a clause; null when they can.</summary>
    public string? WhyNotTested => File.Tests.IsEmpty
        ? "the connections file has no tests"
        : WhyNot("the tests of the connections file do not fit this estate", _tests.Value.Value is null, _tests.Value.Diagnostics);

    /// <summary>Ask it only when <see cref="WhyNotCompiled"/> is null.</summary>
    public DesiredRules Desired => _desired.Value.Value ?? throw new InvalidOperationException("The connections file was not compiled.");

    /// <summary>Ask it only when <see cref="WhyNotPlanned"/> is null.</summary>
    public Plan Plan => _plan.Value.Value ?? throw new InvalidOperationException("The connections file was not planned.");

    /// <summary>The estate's flows against those after the plan.</summary>
    public DiffReport Change => _change.Value;

    /// <summary>Results of the file's tests on the estate as it is.</summary>
    public TestReport Tests => _results.Value;

    /// <summary>The estate ready for questions.</summary>
    public ConnectivityModel Model => _model.Value;

    /// <summary>Declared rules of a group whose rules are ours to manage; null for every other group.</summary>
    public IReadOnlyList<DesiredRule>? RulesOf(SecurityGroupId group) => _managed.Value.GetValueOrDefault(group);

    /// <summary>True when the file asks for the rule, word for word or as part of what it asks for.</summary>
    public bool IsDeclared(SecurityGroupId group, RuleKey rule)
    {
        if (RulesOf(group) is not { } rules) return false;
        return AllowedTraffic.Of([rule], Estate.Index.EntriesOf)
            .IsSubsetOf(AllowedTraffic.Of(rules.Where(r => r.Key.Direction == rule.Direction).Select(r => r.Key), Estate.Index.EntriesOf));
    }

    /// <summary>True for every group the file names, its own or others'.</summary>
    public bool IsNamed(SecurityGroupId group) => _named.Value.Contains(group);

    /// <summary>Groups that a group reaches over declared connections, in any number of steps.</summary>
    public HashSet<SecurityGroupId> ReachableFrom(SecurityGroupId group)
    {
        var reached = new HashSet<SecurityGroupId>();
        var waiting = new Queue<SecurityGroupId>([group]);
        while (waiting.TryDequeue(out var at))
        {
            foreach (var target in _links.Value[at])
            {
                if (reached.Add(target)) waiting.Enqueue(target);
            }
        }

        return reached;
    }

    // A half is enough: the other one may be others' to write.
    private ILookup<SecurityGroupId, SecurityGroupId> Links() => Desired.Rules
        .Where(r => r.Key.Peer is GroupPeer)
        .Select(r => (r.Group, Peer: ((GroupPeer)r.Key.Peer).Group, r.Key.Direction))
        .Select(r => r.Direction == Direction.Egress ? (From: r.Group, To: r.Peer) : (From: r.Peer, To: r.Group))
        .Distinct().ToLookup(l => l.From, l => l.To);

    private Dictionary<SecurityGroupId, List<DesiredRule>> Managed()
    {
        var byGroup = Planner.RulesByGroup(Desired);
        return Desired.Groups.GroupBy(g => g.Id).Where(g => !g.Any(m => m.IsReadOnly)).ToDictionary(g => g.Key, g => byGroup.GetValueOrDefault(g.Key, []));
    }

    private static string? WhyNot(string what, bool isMissing, ImmutableArray<Diagnostic> diagnostics)
    {
        if (!isMissing) return null;
        var first = diagnostics.FirstOrDefault(d => d.Severity == Severity.Error);
        return first is null ? what : $"{what} ({first.Code}: {first.Message.TrimEnd('.')})";
    }
}
