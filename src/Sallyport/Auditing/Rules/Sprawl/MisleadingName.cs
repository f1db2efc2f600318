using System.Collections.Immutable;
using Sallyport.Auditing.Parameters;
using Sallyport.Estates;
using Sallyport.Packets;

namespace Sallyport.Auditing.Rules.Sprawl;

/// <summary>SP-SPR-07: the name promises what the rules do not keep.</summary>
internal sealed class MisleadingName : AuditRule
{
    private static readonly ServiceSet Ported = ServiceSet.Of([Service.Tcp(0, 65_535), Service.Udp(0, 65_535)]);

    public override string Code => "SP-SPR-07";

    public override string Title => "Naming says other than rules";

    public override RuleFamily Family => RuleFamily.Sprawl;

    public override FindingSeverity Severity => FindingSeverity.Medium;

    public override ImmutableArray<AuditParameter> Parameters => [AuditParameters.PrivateNames, AuditParameters.PublicNames, AuditParameters.WorldTcp, AuditParameters.WorldUdp];

    public override ImmutableArray<AuditNeed> Needs => [AuditNeed.Estate, AuditNeed.Interfaces];

    public override RuleGuide Guide => new(
        What: "The group's name or Name tag matches private.names, and its ingress admits the world on a port outside world.tcp and world.udp (SP-ING-02); or it matches public.names, and a database carries the group.",
        Why: "People trust names: a private group is attached without a look at its rules.",
        Fix: "Close what the name denies, or give the group another name.",
        Fires: "group internal-tools\n  ingress tcp/8080 from 0.0.0.0/0",
        Quiet: "group internal-tools\n  ingress tcp/443 from 0.0.0.0/0\ngroup mongodbish\n  ingress tcp/8080 from 0.0.0.0/0");

    internal override void Check(GroupFacts group, AuditSink sink)
    {
        var tagDoubt = group.Group.Tags.DoubtOf("Name");
        var (name, tag) = (group.NameDoubt is null ? group.Group.Name : string.Empty, tagDoubt is null ? group.Group.Tags["Name"] ?? string.Empty : string.Empty);
        var doubts = new[] { group.NameDoubt, tagDoubt }.OfType<string>().ToList();
        var (privately, publicly) = (group.Context.Parameters.Get(AuditParameters.PrivateNames), group.Context.Parameters.Get(AuditParameters.PublicNames));
        var sayPrivate = privately.IsMatch(name) ? name : privately.IsMatch(tag) ? tag : null;
        var sayPublic = publicly.IsMatch(name) ? name : publicly.IsMatch(tag) ? tag : null;
        if (sayPrivate is null && sayPublic is null && doubts.Count == 0) return;

        var forbidden = Ported.Subtract(group.Context.Parameters.Get(AuditParameters.WorldTcp)).Subtract(group.Context.Parameters.Get(AuditParameters.WorldUdp));
        var isOpen = doubts.Count > 0;
        var open = sayPrivate is null && !isOpen ? ServiceSet.Empty : group.Ingress.WorldServices.Intersect(forbidden);
        var database = (sayPublic is not null || isOpen) && group.Context.Strategy.Services.DatabasesOf(group.Group.Id) is [var first, ..] ? first : null;
        if ((!open.IsEmpty && sayPrivate is null) || (database is not null && sayPublic is null))
        {
            if (sayPrivate is null) open = ServiceSet.Empty;
            if (sayPublic is null) database = null;
            if (open.IsEmpty && database is null)
            {
                sink.Doubt(this, group, doubts);
                return;
            }
        }

        if (!open.IsEmpty || database is not null)
        {
            var sentences = new List<string>();
            if (!open.IsEmpty) sentences.Add($"The name \"{sayPrivate}\" says that the group is not for the world, which {group.Ingress.FamiliesOf(open)} ingress admits all the same.");
            if (database is not null) sentences.Add($"The name \"{sayPublic}\" says that the group is for the world, and a database carries it ({database.Id}).");
            sink.Report(this, group, string.Join(' ', sentences), open.IsEmpty ? [] : group.Ingress.WorldEvidence(open), basis: database is null ? FindingBasis.Symbolic : FindingBasis.Snapshot);
            return;
        }

        var gaps = new List<string>();
        if (sayPrivate is not null || isOpen) gaps.AddRange(group.Ingress.GapsFor(forbidden));
        if ((sayPublic is not null || isOpen) && group.Context.Facts.IsMissing(GapKind.NetworkInterfaces, group.Group.Scope)) gaps.Add($"{group.Group.Scope.Describe("interfaces")} were not read");
        if (gaps.Count > 0) sink.Doubt(this, group, sayPrivate is null && sayPublic is null ? gaps.Concat(doubts) : gaps);
    }
}
