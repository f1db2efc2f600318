using System.Collections.Immutable;
using Sallyport.Auditing.Parameters;
using Sallyport.Auditing.Strategy;
using Sallyport.Estates;
using Sallyport.Packets;

namespace Sallyport.Auditing.Rules.Use;

/// <summary>SP-USE-12: a database admits the world or very many hosts.</summary>
internal sealed class WideDatabaseGroup : AuditRule
{
    public override string Code => "SP-USE-12";

    public override string Title => "DB group wide";

    public override RuleFamily Family => RuleFamily.Use;

    public override FindingSeverity Severity => FindingSeverity.High;

    public override ImmutableArray<AuditParameter> Parameters => [AuditParameters.DatabaseHosts];

    public override ImmutableArray<AuditNeed> Needs => [AuditNeed.Estate, AuditNeed.Interfaces, AuditNeed.PrefixLists];

    public override RuleGuide Guide => new(
        What: "A database (RDS, Redshift, ElastiCache, MemoryDB, DAX, OpenSearch) carries the group, and an ingress rule admits the world or more than db.hosts addresses. Critical when the world may come in, or when the database has a public address and a public block is among those admitted.",
        Why: "A database is what an attacker is after; the fewer hosts can try a password or an exploit, the better.",
        Fix: "Name the groups of the applications that use the database.",
        Fires: "group db\n  ingress tcp/5432 from 10.1.0.0/16\ninterface eni-1 db 10.1.0.5 requester amazon-rds",
        Quiet: "group db\n  ingress tcp/5432 from 10.1.1.0/24\ninterface eni-1 db 10.1.0.5 requester amazon-rds\ngroup web\n  ingress tcp/443 from 10.1.0.0/16\ninterface eni-2 web 10.1.0.6");

    internal override void CheckEstate(AuditContext context, AuditSink sink) => UnreadInterfaces.Doubt(this, context, sink);

    internal override void Check(GroupFacts group, AuditSink sink)
    {
        var databases = group.Context.Strategy.Services.DatabasesOf(group.Group.Id);
        if (databases.Count == 0) return;
        var facts = group.Ingress;
        var wide = facts.Rules.Where(r => IsWide(group, r)).ToList();
        var world = facts.WorldServices;
        var exposed = databases.FirstOrDefault(n => !n.PublicAddresses.IsEmpty);
        var atPublic = exposed is null ? [] : facts.Rules.Where(r => IsPublic(group, r)).ToList();
        if (wide.Count == 0 && world.IsEmpty && atPublic.Count == 0)
        {
            if (facts.Doubts.Count > 0) sink.Doubt(this, group, facts.Doubts.Select(d => d.Gap));
            return;
        }

        var owner = InterfaceOwner.Of(databases[0])!.Name;
        var what = !world.IsEmpty ? $"admits the whole {facts.FamiliesOf(world)} Internet"
            : atPublic.Count > 0 ? $"has the public address of {exposed!.Id} and admits public addresses"
            : $"admits more than {group.Context.Parameters.Get(AuditParameters.DatabaseHosts)} addresses by one rule";
        sink.Report(
            this, group, $"The group of {owner} ({databases[0].Id}) {what}.", wide.Concat(facts.WorldEvidence(world)).Concat(atPublic),
            !world.IsEmpty || atPublic.Count > 0 ? FindingSeverity.Critical : null, FindingBasis.Snapshot);
    }

    private static bool IsWide(GroupFacts group, SecurityGroupRule rule)
    {
        var most = (ulong)group.Context.Parameters.Get(AuditParameters.DatabaseHosts);
        foreach (var family in new[] { IpFamily.V4, IpFamily.V6 })
        {
            if (group.Ingress.AddressesOf(rule, family) is { } addresses && addresses.Count > most) return true;
        }

        return false;
    }

    private static bool IsPublic(GroupFacts group, SecurityGroupRule rule) =>
        group.Ingress.AddressesOf(rule, IpFamily.V4) is { } addresses && addresses.Overlaps(PublicSpace.Of(IpFamily.V4));
}
