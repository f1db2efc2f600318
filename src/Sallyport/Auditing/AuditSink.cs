using System.Collections.Immutable;
using System.Numerics;
using System.Runtime.InteropServices;
using Sallyport.Auditing.Compliance;
using Sallyport.Diagnostics;
using Sallyport.Estates;

namespace Sallyport.Auditing;

/// <summary>Where rules put what they find: fills in all that a rule need not say.</summary>
internal sealed class AuditSink
{
    private readonly AuditOptions _options;
    private readonly Dictionary<SecurityGroupRule, EvidenceAtom> _atoms = new(ReferenceEqualityComparer.Instance);

    // A missing description is no other view of what its rule exposes.
    private readonly HashSet<string> _aboutWords = [];
    private readonly Dictionary<EvidenceAtom, int> _lastOf = new(ReferenceEqualityComparer.Instance);
    private readonly List<(int Finding, int Before)> _links = [];
    private readonly List<string> _rules = [];
    private readonly List<int> _ruleOf = [];
    private int _start;

    public AuditSink(AuditOptions options) => _options = options;

    public List<Finding> Findings { get; } = [];

    public List<UnknownVerdict> Unknown { get; } = [];

    /// <summary>Objects to a group.</summary>
    /// <param name="rule">Who objects.</param>
    /// <param name="group">To what.</param>
    /// <param name="message">Ends with a full stop.</param>
    /// <param name="evidence">The offending rules of the group; a rule given twice counts once.</param>
    /// <param name="severity">Null for the rule's own; an override of the run wins over both.</param>
    /// <param name="basis">What may make it stale.</param>
    /// <param name="aliases">False when the other tools' own condition does not hold.</param>
    /// <param name="controls">The clauses this finding breaks when it does not break all of its rule's; null for all.</param>
    public void Report(
        AuditRule rule, GroupFacts group, string message, IEnumerable<SecurityGroupRule> evidence,
        FindingSeverity? severity = null, FindingBasis basis = FindingBasis.Symbolic, bool aliases = true,
        ImmutableArray<Control>? controls = null)
    {
        if (rule.Family is RuleFamily.Naming or RuleFamily.Sprawl) _aboutWords.Add(rule.Code);
        var offending = evidence as IReadOnlyList<SecurityGroupRule> ?? [.. evidence];
        if (!IsInOrder(offending)) offending = [.. offending.DistinctBy(r => r.Key).OrderBy(r => r.Key)];
        SecurityGroupRule? place = null;
        var atoms = ImmutableArray.CreateBuilder<EvidenceAtom>(offending.Count);
        for (var i = 0; i < offending.Count; i++)
        {
            if (place is null && offending[i].File is not null) place = offending[i];
            atoms.Add(AtomOf(offending[i]));
        }

        var location = place is null ? group.Group.At : new SourceSpan(place.File!, place.Line);
        Add(rule, group.Resource, message, atoms.MoveToImmutable(), severity, basis, aliases, location, controls);
    }

    /// <summary>Findings from here to <see cref="EndGroup"/> are of one group.</summary>
    public void BeginGroup()
    {
        _atoms.Clear();
        _start = Findings.Count;
    }

    /// <summary>Findings of the group that rest on the same atom name each other, so that one exposure reads as one; then they are put in order.</summary>
    public void EndGroup()
    {
        var count = Findings.Count - _start;
        if (count < 2) return;
        var group = CollectionsMarshal.AsSpan(Findings)[_start..];
        _lastOf.Clear();
        _links.Clear();
        var words = NumberRules(group);
        ulong[]? related = null;
        for (var i = 0; i < count; i++)
        {
            if (_aboutWords.Contains(group[i].Rule)) continue;
            foreach (var atom in group[i].Evidence)
            {
                // Findings of one atom are chained, the latest first; each new one meets all before it.
                ref var last = ref CollectionsMarshal.GetValueRefOrAddDefault(_lastOf, atom, out var isKnown);
                for (var link = isKnown ? last : -1; link >= 0; link = _links[link].Before)
                {
                    var other = _links[link].Finding;
                    if (_ruleOf[other] == _ruleOf[i]) continue;
                    related ??= new ulong[count * words];
                    Mark(i, _ruleOf[other]);
                    Mark(other, _ruleOf[i]);
                }

                _links.Add((i, isKnown ? last : -1));
                last = _links.Count - 1;
            }
        }

        for (var i = 0; related is not null && i < count; i++)
        {
            var others = RulesOf(related.AsSpan(i * words, words));
            if (!others.IsEmpty) group[i] = group[i] with { Related = others };
        }

        group.Sort(ByPlace);

        void Mark(int finding, int rule) => related[(finding * words) + (rule >> 6)] |= 1UL << (rule & 63);
    }

    /// <summary>Puts all findings in order.</summary>
    public void Sort() => Findings.Sort(ByPlace);

    /// <summary>Objects to an interface because of rules of its groups.</summary>
    public void Report(AuditRule rule, FindingResource resource, string message, IEnumerable<SecurityGroupRule> evidence)
    {
        var offending = evidence.OrderBy(r => r.Key).ToList();
        var place = offending.Find(r => r.File is not null);
        var location = place is null ? null : new SourceSpan(place.File!, place.Line);
        Add(rule, resource, message, [.. offending.Select(EvidenceAtom.Of)], severity: null, FindingBasis.Snapshot, aliases: false, location);
    }

    /// <summary>Objects to something that is no group, or to a group from the point of view of the whole estate.</summary>
    public void Report(
        AuditRule rule, FindingResource resource, string message, FindingSeverity? severity = null,
        FindingBasis basis = FindingBasis.Snapshot, SourceSpan? location = null) =>
        Add(rule, resource, message, [], severity, basis, aliases: true, location);

    /// <summary>Says that a rule cannot be judged for a group; the same gap twice is one.</summary>
    public void Doubt(AuditRule rule, GroupFacts group, IEnumerable<string> gaps) => Doubt(rule, group.Resource, gaps);

    /// <summary>Says that a rule cannot be judged for a resource; the same gap twice is one.</summary>
    public void Doubt(AuditRule rule, FindingResource resource, IEnumerable<string> gaps)
    {
        var text = string.Join("; ", gaps.Distinct().Order(StringComparer.Ordinal));
        Unknown.Add(new UnknownVerdict(rule.Code, resource, text));
    }

    private static int ByPlace(Finding a, Finding b)
    {
        var order = a.Resource.Scope.CompareTo(b.Resource.Scope);
        if (order == 0) order = string.CompareOrdinal(a.Resource.Id, b.Resource.Id);
        if (order == 0) order = string.CompareOrdinal(a.Rule, b.Rule);
        for (var i = 0; order == 0 && i < a.Evidence.Length && i < b.Evidence.Length; i++) order = a.Evidence[i].CompareTo(b.Evidence[i]);
        return order != 0 ? order : string.CompareOrdinal(a.Fingerprint, b.Fingerprint);
    }

    private static bool IsInOrder(IReadOnlyList<SecurityGroupRule> rules)
    {
        for (var i = 1; i < rules.Count; i++)
        {
            if (rules[i - 1].Key.CompareTo(rules[i].Key) >= 0) return false;
        }

        return true;
    }

    // The rules that speak of a group, sorted, so that a set of them is a few bits; gives the words such a set takes.
    private int NumberRules(ReadOnlySpan<Finding> findings)
    {
        _rules.Clear();
        foreach (var finding in findings)
        {
            if (!_rules.Contains(finding.Rule)) _rules.Add(finding.Rule);
        }

        _rules.Sort(StringComparer.Ordinal);
        _ruleOf.Clear();
        foreach (var finding in findings) _ruleOf.Add(_rules.BinarySearch(finding.Rule, StringComparer.Ordinal));
        return (_rules.Count + 63) >> 6;
    }

    private ImmutableArray<string> RulesOf(ReadOnlySpan<ulong> bits)
    {
        var count = 0;
        foreach (var word in bits) count += BitOperations.PopCount(word);
        if (count == 0) return [];
        var rules = ImmutableArray.CreateBuilder<string>(count);
        for (var i = 0; i < bits.Length; i++)
        {
            for (var rest = bits[i]; rest != 0; rest &= rest - 1) rules.Add(_rules[(i << 6) + BitOperations.TrailingZeroCount(rest)]);
        }

        return rules.MoveToImmutable();
    }

    // Of one rule all findings hold the same atom: a large estate has millions.
    private EvidenceAtom AtomOf(SecurityGroupRule rule)
    {
        if (!_atoms.TryGetValue(rule, out var atom)) _atoms.Add(rule, atom = EvidenceAtom.Of(rule));
        return atom;
    }

    private void Add(
        AuditRule rule, FindingResource resource, string message, ImmutableArray<EvidenceAtom> evidence,
        FindingSeverity? severity, FindingBasis basis, bool aliases, SourceSpan? location, ImmutableArray<Control>? controls = null) => Findings.Add(new Finding
        {
            Rule = rule.Code,
            Severity = _options.Severities.TryGetValue(rule.Code, out var overridden) ? overridden : severity ?? rule.Severity,
            Title = rule.Title,
            Message = message,
            Resource = resource,
            Evidence = evidence,
            Basis = basis,
            Aliases = aliases ? rule.Aliases : [],
            Controls = controls ?? rule.Controls,
            Location = location,
        });
}
