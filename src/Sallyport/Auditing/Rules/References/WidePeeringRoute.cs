using System.Collections.Immutable;
using Sallyport.Auditing.Compliance;
using Sallyport.Estates;
using Sallyport.Packets;

namespace Sallyport.Auditing.Rules.References;

/// <summary>SP-REF-04: a route over a peering carries more than the part of the other VPC that is needed.</summary>
internal sealed class WidePeeringRoute : AuditRule
{
    private const string Peering = "pcx-";

    public override string Code => "SP-REF-04";

    public override string Title => "Peering routes too wide";

    public override RuleFamily Family => RuleFamily.Reference;

    public override FindingSeverity Severity => FindingSeverity.Medium;

    public override ImmutableArray<Control> Controls => ControlBundles.Peerings;

    public override ImmutableArray<AuditNeed> Needs => [AuditNeed.Routes, AuditNeed.Peerings, AuditNeed.Vpcs, AuditNeed.PrefixLists];

    public override RuleGuide Guide => new(
        What: "A route to a peering has a destination (a block, or an entry of a prefix list) that holds a whole block of the other VPC, or everything.",
        Why: "Every host of one VPC can then be tried from every host of the other: only the groups are left to stop it.",
        Fix: "Route the subnets that are needed, on the side of each VPC, and drop the route to the whole.",
        Fires: "vpc vpc-a 10.1.0.0/16\nvpc vpc-b 10.2.0.0/16\nsubnet subnet-a 10.1.0.0/24\npeering pcx-1 vpc-a vpc-b\nroute subnet-a 10.2.0.0/16 pcx-1",
        Quiet: "vpc vpc-a 10.1.0.0/16\nvpc vpc-b 10.2.0.0/16\nsubnet subnet-a 10.1.0.0/24\npeering pcx-1 vpc-a vpc-b\nroute subnet-a 10.2.3.0/24 pcx-1");

    internal override void CheckEstate(AuditContext context, AuditSink sink)
    {
        var peerings = context.Estate.Peerings.ToDictionary(p => p.Id.Value, StringComparer.Ordinal);
        foreach (var table in context.Estate.RouteTables)
        {
            var wide = new SortedSet<string>(StringComparer.Ordinal);
            var gaps = new List<string>();
            foreach (var route in table.Routes.Where(r => !r.IsBlackhole && r.Target.StartsWith(Peering, StringComparison.Ordinal)))
            {
                if (DestinationsOf(context, route) is not { } destinations) gaps.Add($"the entries of prefix list {route.DestinationPrefixList} were not read");
                else if (FarBlocks(context, table.Vpc, peerings.GetValueOrDefault(route.Target)) is { IsEmpty: false } blocks) wide.UnionWith(Wide(destinations, blocks, route.Target));
                else if (destinations.Any(d => d.PrefixLength == 0)) wide.UnionWith(Wide(destinations, [], route.Target));
                else gaps.Add($"the blocks behind {route.Target} were not read");
            }

            var resource = FindingResource.Of(table);
            if (wide.Count > 0) sink.Report(this, resource, $"Routes over peerings carry a whole VPC: {string.Join(", ", wide)}.");
            else if (gaps.Count > 0) sink.Doubt(this, resource, gaps);
        }

        // Where no peering is, no table can route to one.
        context.DoubtMissing(this, GapKind.RouteTables, "route tables", sink, s => context.Facts.IsMissing(GapKind.Peerings, s)
            || context.Estate.Peerings.Any(p => p.Requester.Scope == s || p.Accepter.Scope == s));
    }

    private static ImmutableArray<Cidr>? DestinationsOf(AuditContext context, Route route) => route.Destination is { } block
        ? [block]
        : route.DestinationPrefixList is { } list ? context.Facts.ListOf(list)?.Blocks : [];

    private static ImmutableArray<Cidr> FarBlocks(AuditContext context, VpcId home, Peering? peering)
    {
        if (peering is null) return [];
        var far = peering.Requester.Vpc == home ? peering.Accepter : peering.Requester;
        return context.Estate.Index.Vpcs.TryGetValue(far.Vpc, out var vpc) && !vpc.Cidrs.IsEmpty ? vpc.Cidrs : far.Cidrs;
    }

    private static IEnumerable<string> Wide(ImmutableArray<Cidr> destinations, ImmutableArray<Cidr> blocks, string target) => destinations
        .Where(d => d.PrefixLength == 0 || blocks.Any(b => d.Contains(b)))
        .Select(d => $"{d} to {target}");
}
