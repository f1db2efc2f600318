using System.Collections.Immutable;
using Sallyport.Connections;
using Sallyport.Connections.Compiling;
using Sallyport.Diagnostics;
using Sallyport.Estates;

namespace Sallyport.Policies;

/// <summary>
/// Finds the names of a file's tests and exceptions in an estate, exactly as compiling finds them (SPD1101 to SPD1106). A prefix
/// list's name is looked up in the Regions of the groups at the other end.
/// </summary>
public sealed class PolicyBinder
{
    private readonly Estate _estate;
    private readonly List<Diagnostic> _diagnostics = [];
    private readonly Dictionary<string, ImmutableArray<ResolvedGroup>> _groups;
    private readonly Dictionary<string, ExternalDeclaration> _externals;
    private readonly PrefixListResolver _prefixLists;

    private PolicyBinder(ConnectionsFile file, Estate estate)
    {
        _estate = estate;
        _groups = new GroupResolver(file, estate, _diagnostics.Add).Resolve();
        _externals = file.Externals.ToDictionary(e => e.Name);
        _prefixLists = new PrefixListResolver(estate, _diagnostics.Add);
    }

    /// <summary>The tests; null only with an error.</summary>
    public static Result<BoundTests> Bind(ConnectionsFile file, Estate estate)
    {
        if (file.Tests.IsEmpty) return Result<BoundTests>.Ok(BoundTests.None);
        var binder = new PolicyBinder(file, estate);
        var exemptions = file.Exceptions.ToLookup(e => e.Test, StringComparer.Ordinal);
        ImmutableArray<BoundTest> tests = [.. file.Tests.Select(t => binder.Bind(t, exemptions[t.Id]))];
        ImmutableArray<Diagnostic> said = [.. binder._diagnostics.Distinct()];
        return new Result<BoundTests>(
            said.Any(d => d.Severity == Severity.Error) ? null : new BoundTests { Tests = tests, Scopes = estate.Scopes }, said);
    }

    private BoundTest Bind(ConnectionTest test, IEnumerable<TestExemption> exemptions) =>
        new(test.Id, test.Kind, Ends(test.From, test.To), Ends(test.To, test.From), test.Services)
        {
            IsEffective = test.IsEffective,
            AllowsEmpty = test.AllowsEmpty,
            Exemptions = [.. exemptions.Select(e => new BoundExemption(e.Id, Ends(e.From, e.To), Ends(e.To, e.From), e.Services, e.Expires))],
        };

    private ImmutableArray<BoundEnd> Ends(ImmutableArray<string> names, ImmutableArray<string> others) => [.. names.Distinct().Select(n => End(n, others))];

    private BoundEnd End(string name, ImmutableArray<string> others)
    {
        if (name == "*") return new BoundEnd(name) { IsEverybody = true };
        if (_groups.TryGetValue(name, out var groups)) return new BoundEnd(name) { Groups = [.. groups.Select(g => new BoundGroup(g.Id, g.Scope))] };
        var external = _externals[name];
        return external.PrefixList is null
            ? new BoundEnd(name) { Cidrs = external.Cidrs }
            : new BoundEnd(name) { PrefixLists = Lists(external, [.. others.SelectMany(o => _groups.GetValueOrDefault(o, []))]) };
    }

    private ImmutableArray<PrefixListId> Lists(ExternalDeclaration external, ImmutableArray<ResolvedGroup> owners)
    {
        if (!owners.IsEmpty) return [.. owners.Select(o => _prefixLists.Resolve(external, o)).OfType<PrefixListId>().Distinct().Order()];
        var text = external.PrefixList!;
        if (text.StartsWith("pl-", StringComparison.Ordinal)) return [new PrefixListId(text)];

        // Nobody at the other end says which Region is meant: the lists of that name in all of them.
        ImmutableArray<PrefixListId> named = [.. _estate.PrefixLists.Where(l => l.Name == text).Select(l => l.Id).Distinct().Order()];
        if (named.IsEmpty) _diagnostics.Add(ConnectionsDiagnostics.NoPrefixList(external.Name, text, "any Region", external.At));
        return named;
    }
}
