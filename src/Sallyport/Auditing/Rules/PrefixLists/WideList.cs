using System.Collections.Immutable;
using System.Globalization;
using Sallyport.Anomalies;
using Sallyport.Auditing.Compliance;
using Sallyport.Auditing.Parameters;
using Sallyport.Auditing.Rules.NetworkAcls;
using Sallyport.Estates;
using Sallyport.Packets;

namespace Sallyport.Auditing.Rules.PrefixLists;

/// <summary>SP-PL-02: a customer's prefix list holds the world, much of it, or a wide public block.</summary>
internal sealed class WideList : AuditRule
{
    public override string Code => "SP-PL-02";

    public override string Title => "Prefix list hides a wide CIDR";

    public override RuleFamily Family => RuleFamily.PrefixList;

    public override FindingSeverity Severity => FindingSeverity.High;

    public override ImmutableArray<Control> Controls => ControlBundles.OpenIngress;

    public override ImmutableArray<AuditParameter> Parameters =>
        [AuditParameters.AllPortsMinimum, AuditParameters.ListWideV4, AuditParameters.ListWideV6, AuditParameters.NearWorldFraction, AuditParameters.NearWorldWarning];

    public override ImmutableArray<AuditNeed> Needs => [AuditNeed.Estate, AuditNeed.PrefixLists];

    public override RuleGuide Guide => new(
        What: "Entries of a list that AWS does not manage hold the world together, at least nearworld.warn of public space, or a public block shorter than list.wide.v4 or list.wide.v6. Severity as of the rules that name the list: for the world critical with all ports and high with others; for much of it critical from nearworld.fraction, else high; medium for a wide block (high below /16 or /32) and where only egress rules name it; low when no rule does.",
        Why: "A rule that names a list reads harmless; whoever edits the list opens every rule at once.",
        Fix: "Take the wide entries out of the list, or give them one of their own that says so.",
        Fires: "list pl-1 0.0.0.0/1 128.0.0.0/1\ngroup web\n  ingress tcp/22 from pl-1",
        Quiet: "list pl-1 10.0.0.0/8 198.51.100.0/24\ngroup web\n  ingress tcp/22 from pl-1");

    internal override void CheckEstate(AuditContext context, AuditSink sink)
    {
        foreach (var list in context.Estate.PrefixLists)
        {
            if (list.IsAwsManaged) continue;
            var use = context.ListUses.Of(list.Id);
            if (context.Facts.ListOf(list.Id) is not { } facts)
            {
                if (use.Groups > 0) sink.Doubt(this, FindingResource.Of(list), [$"the entries of prefix list {list.Id} were not read"]);
                continue;
            }

            if (Worst(context, list, facts, use) is not ({ } severity, var words)) continue;
            sink.Report(this, FindingResource.Of(list), string.Create(CultureInfo.InvariantCulture, $"The list holds {words}; rules of {use.Groups} group(s) name it."), severity);
        }

        foreach (var unread in context.ListUses.Unread) sink.Doubt(this, unread, [$"prefix list {unread.Id} was not read"]);
        context.DoubtMissing(this, GapKind.PrefixLists, "prefix lists", sink);
    }

    private static (FindingSeverity? Severity, string Words) Worst(AuditContext context, PrefixList list, ListFacts facts, ListUse use)
    {
        FindingSeverity? worst = null;
        var words = new List<string>();
        foreach (var family in new[] { IpFamily.V4, IpFamily.V6 })
        {
            var world = PublicSpace.WorldOf(family);
            var share = (double)facts.Of(family).Intersect(world).Count / (double)world.Count;
            var name = family == IpFamily.V4 ? "IPv4" : "IPv6";
            if (share >= 1)
            {
                Add(use.IsAllPorts ? FindingSeverity.Critical : FindingSeverity.High, $"the whole {name} internet");
            }
            else if (share >= context.Parameters.Get(AuditParameters.NearWorldWarning))
            {
                var isHalf = share >= context.Parameters.Get(AuditParameters.NearWorldFraction);
                Add(isHalf ? FindingSeverity.Critical : FindingSeverity.High, string.Create(CultureInfo.InvariantCulture, $"{share * 100:0.#} % of {name} public space"));
            }
            else if (WideBlocks(context, list, family) is { Count: > 0 } wide)
            {
                Add(wide.Min(b => b.PrefixLength) < (family == IpFamily.V4 ? 16 : 32) ? FindingSeverity.High : FindingSeverity.Medium, EntryWords.List(wide.Select(b => b.ToString()), ", "));
            }
        }

        if (worst is null) return (null, string.Empty);
        var severity = use.Groups == 0 ? FindingSeverity.Low : use.IsIngress ? worst.Value : FindingSeverity.Medium;
        return (severity, string.Join(" and ", words));

        void Add(FindingSeverity severity, string what)
        {
            words.Add(what);
            if (worst is null || severity > worst) worst = severity;
        }
    }

    private static List<Cidr> WideBlocks(AuditContext context, PrefixList list, IpFamily family)
    {
        var least = context.Parameters.Get(family == IpFamily.V4 ? AuditParameters.ListWideV4 : AuditParameters.ListWideV6);
        var space = PublicSpace.Of(family);
        return [.. list.Entries!.Value.Select(e => e.Cidr).Where(c => c.Family == family && c.PrefixLength < least && space.Overlaps(new AddressRange(c.Bits, c.Last.Bits))).Distinct().Order()];
    }
}
