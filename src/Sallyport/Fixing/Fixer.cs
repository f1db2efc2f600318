using System.Collections.Immutable;
using Sallyport.Auditing;
using Sallyport.Connections.Compiling;
using Sallyport.Connections.Importing;
using Sallyport.Diagnostics;
using Sallyport.Estates;
using Sallyport.Estates.Quotas;
using Sallyport.Fixing.Remedies;
using Sallyport.Packets;
using Sallyport.Planning;

namespace Sallyport.Fixing;

/// <summary>
/// Turns findings into one plan and the questions that are left. Every change is tried in memory first and the result is audited
/// again: a remedy that does not clear its finding, or opens something and so earns a new finding at least as severe, becomes a
/// question. Nothing is removed but evidence of the findings that are fixed.
/// </summary>
public sealed class Fixer
{
    private const string GoesToo = "It goes with the changes for other findings.";

    private readonly Estate _estate;
    private readonly FixOptions _options;
    private readonly FixContext _context;
    private readonly AuditOptions _audit;
    private readonly int _limit;
    private readonly Dictionary<string, string> _withdrawn = new(StringComparer.Ordinal);

    private Fixer(Estate estate, DesiredRules? declared, FixOptions options)
    {
        _estate = estate;
        _options = options;
        _limit = Math.Max(declared?.RulesPerGroup ?? 0, ImportedQuota.Of(estate));
        _context = new FixContext(estate, declared, options, _limit);
        _audit = Whole(options.Audit);
    }

    /// <summary>
    /// Works out the fix. Pure: equal estates and options give equal reports. Errors: those of compiling the connections file, and
    /// of planning (SPD3001-SPD3004).
    /// </summary>
    /// <exception cref="ArgumentException">The options name an audit rule that does not exist.</exception>
    public static Result<FixReport> Fix(Estate estate, FixOptions options, CancellationToken cancellationToken = default)
    {
        DesiredRules? declared = null;
        if (options.Audit.Connections is { } file)
        {
            var compiled = Compiler.Compile(file, estate);
            if (!compiled.IsOk) return Result<FixReport>.Failed(compiled.Diagnostics);
            declared = compiled.Value;
        }

        return new Fixer(estate, declared, options).Run(cancellationToken);
    }

    private Result<FixReport> Run(CancellationToken cancellationToken)
    {
        var before = Auditor.Audit(_estate, _audit);
        var asked = Auditor.Audit(_estate, _options.Audit);
        ImmutableArray<Finding> wanted = [.. asked.Findings.Where(f => f.Waiver is null)];
        var known = before.Findings.Select(f => f.Fingerprint).ToHashSet(StringComparer.Ordinal);
        var had = IndexOf(before);
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var (remedies, questions) = Propose(wanted);
            if (WithdrawOverQuota(remedies)) continue;
            var after = _context.Draft.ToEstate();
            var changes = _context.Draft.Changes();
            var audited = changes.Count == 0 ? before : Auditor.Audit(after, _audit);
            if (WithdrawStanding(remedies, audited)) continue;
            var fresh = audited.Findings.Where(f => f.Waiver is null && !known.Contains(f.Fingerprint) && !IsStanding(f, had) && !IsRest(f, had)).ToList();
            if (WithdrawHarmful(remedies, fresh)) continue;
            var planned = new Planner(new PlannerOptions { ForApply = _options.ForApply }).PlanChanges(_estate, changes, _limit);
            if (planned.Value is not { } plan)
            {
                if (WithdrawUnorderable(remedies, changes)) continue;
                return Result<FixReport>.Failed(planned.Diagnostics);
            }

            (remedies, questions) = WithoutAnswered(wanted, remedies, questions, audited);
            return new Result<FixReport>(
                new FixReport
                {
                    Remedies = remedies,
                    Questions = questions,
                    Revealed = [.. fresh],
                    NotAssessed = _options.Audit.Rules.IsEmpty ? [] : asked.NotAssessed,
                    Plan = plan,
                    After = after,
                },
                planned.Diagnostics);
        }
    }

    /// <summary>All the usual rules beside those that were asked for, so that what a change does to other findings is seen too.</summary>
    private static AuditOptions Whole(AuditOptions options) => options with
    {
        Rules = options.Rules.IsEmpty ? [] : [.. RuleCatalogue.All.Where(r => r.IsOnByDefault).Concat(options.CustomRules).Select(r => r.Code).Union(options.Rules).Except(options.Excluded)],
        Frameworks = [],
        LeastSeverity = FindingSeverity.Info,
        Baseline = null,
    };

    private (ImmutableArray<Remedy> Remedies, ImmutableArray<FixQuestion> Questions) Propose(ImmutableArray<Finding> findings)
    {
        _context.StartAnew(
            findings.Where(f => RemedyBook.Of(f.Rule) is OpenEgressRemedies && !_withdrawn.ContainsKey(f.Fingerprint))
                .Select(f => (Finding: f, Group: _context.GroupOf(f)))
                .Where(f => f.Group is not null && ForeignGroups.ManagerOf(f.Group, _estate) is null && OpenEgressRemedies.Replaces(f.Finding, f.Group, _context))
                .Select(f => f.Group!.Id),
            findings.Where(f => f.Resource.IsGroup && RemedyBook.Of(f.Rule).Stage != FixStage.Tidying).SelectMany(f => f.Evidence.Select(e => (new SecurityGroupId(f.Resource.Id), e.Key))));
        var answers = new Proposal[findings.Length];
        foreach (var stage in Enum.GetValues<FixStage>())
        {
            for (var i = 0; i < findings.Length; i++)
            {
                if (RemedyBook.Of(findings[i].Rule).Stage != stage) continue;
                answers[i] = Answer(findings[i]);
                if (answers[i].IsQuestion) _context.Ask(findings[i]);
                else _context.Draft.Apply(answers[i].Changes);
            }
        }

        var remedies = ImmutableArray.CreateBuilder<Remedy>();
        var questions = ImmutableArray.CreateBuilder<FixQuestion>();
        for (var i = 0; i < findings.Length; i++)
        {
            if (answers[i].IsQuestion) questions.Add(new FixQuestion(findings[i], answers[i].Text, answers[i].Options));
            else remedies.Add(new Remedy(findings[i], answers[i].Text) { Changes = answers[i].Changes, Notes = answers[i].Notes });
        }

        return (remedies.ToImmutable(), questions.ToImmutable());
    }

    /// <summary>Questions about findings that the changes clear along the way are none any more.</summary>
    private static (ImmutableArray<Remedy> Remedies, ImmutableArray<FixQuestion> Questions) WithoutAnswered(
        ImmutableArray<Finding> findings, ImmutableArray<Remedy> remedies, ImmutableArray<FixQuestion> questions, AuditReport after)
    {
        var left = IndexOf(after);
        var gone = questions.Where(q => !IsStanding(q.Finding, left)).Select(q => q.Finding).ToHashSet();
        if (gone.Count == 0) return (remedies, questions);
        var all = remedies.Concat(gone.Select(f => new Remedy(f, GoesToo))).ToDictionary(r => r.Finding.Fingerprint, StringComparer.Ordinal);
        return ([.. findings.Where(f => all.ContainsKey(f.Fingerprint)).Select(f => all[f.Fingerprint])], [.. questions.Where(q => !gone.Contains(q.Finding))]);
    }

    private Proposal Answer(Finding finding)
    {
        if (_withdrawn.TryGetValue(finding.Fingerprint, out var why)) return Proposal.Ask(why, "change the rules by hand", "waive the finding");
        var maker = RemedyBook.Of(finding.Rule);
        if (_context.GroupOf(finding) is not { } group)
        {
            return (maker as AskRemedies ?? new AskRemedies("fix changes rules of security groups only")).Propose(finding);
        }

        if (ForeignGroups.ManagerOf(group, _estate) is { } manager)
        {
            return Proposal.Ask($"{group.Id} is managed by {manager}, which puts its rules back. {finding.Message}", "change it where it is managed", "waive the finding");
        }

        if (!finding.Evidence.IsEmpty && _context.Standing(finding, group).IsEmpty) return Proposal.Cleared(GoesToo);
        var proposal = maker.Propose(finding, group, _context);
        return proposal.IsQuestion && _options.AssumesUnneeded && !proposal.Changes.IsEmpty
            ? Proposal.Change($"{string.Join(", ", proposal.Changes.SelectMany(c => c.Remove))} of {group.Id} is revoked; it was said to be unneeded when nobody proves the need.", proposal.Changes)
            : proposal;
    }

    /// <summary>Takes back what would not fit the quota, one group after the other.</summary>
    private bool WithdrawOverQuota(ImmutableArray<Remedy> remedies)
    {
        var quota = new RuleQuota(_estate);
        var full = new Dictionary<SecurityGroupId, int>();
        foreach (var change in _context.Draft.Changes().Where(c => !c.Add.IsEmpty))
        {
            foreach (var direction in new[] { Direction.Ingress, Direction.Egress })
            {
                if (change.Add.All(a => a.Key.Direction != direction)) continue;
                var weight = quota.WeightOf(_context.Draft.RulesOf(change.Group.Id, direction));
                if (Math.Max(weight.V4, weight.V6) > _limit) full[change.Group.Id] = Math.Max(weight.V4, weight.V6);
            }
        }

        return Withdraw(
            remedies.Where(r => r.Changes.Any(c => !c.Add.IsEmpty && full.ContainsKey(c.Group))),
            r => r.Changes.Where(c => full.ContainsKey(c.Group)).Select(c => $"What is needed in its place would make {full[c.Group]} rules on {c.Group}, and {_limit} are permitted: which groups could admit or be reached by fewer, broader rules?").First());
    }

    /// <summary>Takes back what fits in the end but not on the way there: one full group must not keep the others from being fixed.</summary>
    private bool WithdrawUnorderable(ImmutableArray<Remedy> remedies, IReadOnlyList<GroupChange> changes)
    {
        var planner = new Planner(new PlannerOptions { ForApply = _options.ForApply });
        var full = changes.Where(c => !c.Add.IsEmpty && planner.PlanChanges(_estate, [c], _limit).Diagnostics.Any(PlanningDiagnostics.IsRefusal)).Select(c => c.Group.Id).ToHashSet();
        return Withdraw(
            remedies.Where(r => r.Changes.Any(c => !c.Add.IsEmpty && full.Contains(c.Group))),
            r => $"{r.Changes.First(c => full.Contains(c.Group)).Group} is so close to the {_limit} permitted rules that what is needed cannot be added before its open rules go: which of its other rules can go first?");
    }

    /// <summary>Takes back remedies whose finding is still there.</summary>
    private bool WithdrawStanding(ImmutableArray<Remedy> remedies, AuditReport after)
    {
        var left = IndexOf(after);
        return Withdraw(
            remedies.Where(r => IsStanding(r.Finding, left)),
            r => r.Changes.IsEmpty
                ? $"{r.Finding.Message} {r.What} The finding would remain."
                : $"{r.Finding.Message} Revoking or replacing its rules would not clear it: other rules, or other groups, have a part in it.");
    }

    /// <summary>
    /// Takes back remedies that open something new and thereby earn a finding as severe as the one they clear. What takes the place
    /// of open egress only names what that let out already; findings it earns were hidden before, and are told.
    /// </summary>
    private bool WithdrawHarmful(ImmutableArray<Remedy> remedies, List<Finding> fresh)
    {
        var opened = _context.Draft.Changes().Where(Opens).Select(c => c.Group.Id).ToHashSet();
        return Withdraw(
            remedies.Where(r => RemedyBook.Of(r.Finding.Rule) is not OpenEgressRemedies && r.Changes.Any(c => opened.Contains(c.Group) && !c.Add.IsEmpty && fresh.Exists(f => IsHarm(f, r, c)))),
            r => $"{r.Finding.Message} The change that clears it would cause another finding at least as severe: {fresh.First(f => r.Changes.Any(c => IsHarm(f, r, c))).Message}");
    }

    private bool Opens(GroupChange change) => new[] { Direction.Ingress, Direction.Egress }.Any(direction =>
        !_context.TrafficOf(change.Add.Select(a => a.Key).Where(k => k.Direction == direction && !IsInside(k, change.Group)))
            .IsSubsetOf(_context.TrafficOf(change.Group.RulesOf(direction).Select(r => r.Key))));

    /// <summary>True for a reference whose members the rules that were there let through already.</summary>
    private bool IsInside(RuleKey key, SecurityGroup group) =>
        key.Peer is GroupPeer peer && ServiceSet.Of(key.Service).IsSubsetOf(_context.Traffic.Covering(group.Id, key.Direction, peer.Group));

    /// <summary>True for a finding that was there about the same traffic, which other rules say now.</summary>
    private bool IsRest(Finding finding, ILookup<(string Rule, string Id, Scope Scope), Finding> before)
    {
        var old = before[(finding.Rule, finding.Resource.Id, finding.Resource.Scope)].SelectMany(f => f.Evidence).ToLookup(e => e.Direction, e => e.Key);
        return old.Count > 0 && finding.Evidence.GroupBy(e => e.Direction).All(side => _context.TrafficOf(side.Select(e => e.Key)).IsSubsetOf(_context.TrafficOf(old[side.Key])));
    }

    private static bool IsHarm(Finding finding, Remedy remedy, RuleChange change) =>
        finding.Severity >= remedy.Finding.Severity && finding.Resource.Id == change.Group.Value;

    private static ILookup<(string Rule, string Id, Scope Scope), Finding> IndexOf(AuditReport report) => report.Findings.ToLookup(f => (f.Rule, f.Resource.Id, f.Resource.Scope));

    private static bool IsStanding(Finding finding, ILookup<(string Rule, string Id, Scope Scope), Finding> after) =>
        after[(finding.Rule, finding.Resource.Id, finding.Resource.Scope)].Any(f => AreOne(finding, f));

    // Findings of some rules are about one atom each, of others about a whole group.
    private static bool AreOne(Finding before, Finding after) =>
        before.Fingerprint == after.Fingerprint || before.Evidence.IsEmpty || after.Evidence.IsEmpty
        || before.Evidence.Any(b => after.Evidence.Any(a => a.Key == b.Key));

    private bool Withdraw(IEnumerable<Remedy> remedies, Func<Remedy, string> why)
    {
        var any = false;
        foreach (var remedy in remedies) any |= _withdrawn.TryAdd(remedy.Finding.Fingerprint, why(remedy));
        return any;
    }
}
