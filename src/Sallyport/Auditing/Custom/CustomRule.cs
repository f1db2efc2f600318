using System.Collections.Immutable;
using Sallyport.Auditing.Compliance;
using Sallyport.Estates;

namespace Sallyport.Auditing.Custom;

/// <summary>
/// A rule of the user's own: fires where <c>match</c> holds and <c>unless</c> does not, and says which of their clauses decided.
/// When neither asks about single rules of a group, the group alone is judged.
/// </summary>
internal sealed class CustomRule : AuditRule
{
    private const int MostClausesNamed = 12;

    private readonly CustomRuleText _text;
    private readonly Clause _match;
    private readonly Clause? _unless;
    private readonly MessageTemplate _message;
    private readonly bool _asksAtoms;

    public CustomRule(CustomRuleText text, Clause match, Clause? unless, MessageTemplate message)
    {
        _text = text;
        _match = match;
        _unless = unless;
        _message = message;
        _asksAtoms = match.AsksAtoms || unless is { AsksAtoms: true };
        Needs = [AuditNeed.Estate, .. match.Needs.Concat(unless?.Needs ?? []).Distinct().Order()];
        var what = $"{(_asksAtoms ? "A rule" : "A group")} matches when {match.Words}{(unless is null ? string.Empty : $", unless {unless.Words}")}.";
        Guide = new RuleGuide(what, text.Why, text.Fix, string.Empty, string.Empty);
    }

    public override string Code => _text.Id;

    public override string Title => _text.Title;

    public override RuleFamily Family => RuleFamily.Custom;

    public override FindingSeverity Severity => _text.Severity;

    public override RuleGuide Guide { get; }

    public override ImmutableArray<Control> Controls => _text.Controls;

    public override ImmutableArray<AuditNeed> Needs { get; }

    internal override void Check(GroupFacts group, AuditSink sink)
    {
        var matched = new List<SecurityGroupRule>();
        var gaps = new List<string>();
        var because = new List<string>();
        foreach (var subject in SubjectsOf(group))
        {
            var judgement = Judge(subject);
            if (judgement.Holds is null)
            {
                gaps.Add(judgement.Gap!);
            }
            else if (judgement.Holds == true)
            {
                if (subject.Atom is { } atom) matched.Add(atom);
                because.AddRange(_match.Explain(subject, true).Concat(_unless?.Explain(subject, false) ?? []));
            }
        }

        if (because.Count > 0) sink.Report(this, group, $"{_message.Fill(group.Group, matched)} {Because([.. because.Distinct()])}", matched, basis: Basis);
        if (_asksAtoms && group.Context.Facts.HasMalformedRules(group.Group.Id)) gaps.Add("a rule of the group could not be understood");
        if (gaps.Count > 0) sink.Doubt(this, group, gaps);
    }

    private static string Because(List<string> clauses)
    {
        var more = clauses.Count > MostClausesNamed ? $"; and {clauses.Count - MostClausesNamed} more" : string.Empty;
        return $"Matched: {string.Join("; ", clauses.Take(MostClausesNamed))}{more}.";
    }

    private FindingBasis Basis => Needs.Contains(AuditNeed.Interfaces) ? FindingBasis.Snapshot : FindingBasis.Symbolic;

    private IEnumerable<Subject> SubjectsOf(GroupFacts group) =>
        _asksAtoms ? group.Group.Rules.Select(r => new Subject(group, r)) : [new Subject(group, null)];

    private Judgement Judge(Subject subject)
    {
        var match = _match.Judge(subject);
        if (match.Holds == false || _unless is null) return match;
        var allowed = _unless.Judge(subject).Negated;
        return allowed.Holds == false || match.Holds == true ? allowed : match;
    }
}
