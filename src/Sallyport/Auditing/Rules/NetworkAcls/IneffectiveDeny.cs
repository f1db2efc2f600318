using System.Collections.Immutable;
using Sallyport.Auditing.Parameters;
using Sallyport.Estates;
using Sallyport.Packets;

namespace Sallyport.Auditing.Rules.NetworkAcls;

/// <summary>SP-NACL-03: a deny entry does not stop what it names.</summary>
internal sealed class IneffectiveDeny : AclRule
{
    public override string Code => "SP-NACL-03";

    public override string Title => "Ineffective deny";

    public override FindingSeverity Severity => FindingSeverity.Medium;

    public override ImmutableArray<AuditParameter> Parameters => [AuditParameters.AclDenyWorld, AuditParameters.NearWorldFraction];

    public override RuleGuide Guide => new(
        What: "A deny entry comes after allow entries that let some or all of its traffic through, or after others that decide all of it; or it denies every IPv4 address a service that the same ACL still opens to the world over IPv6, in a VPC with IPv6. With nacl.deny.world also a deny entry that names less than every address. The implicit last entry does not count.",
        Why: "Somebody meant to stop this traffic, and believes that it is stopped.",
        Fix: "Give the deny a lower number than the allow, and repeat it for IPv6.",
        Fires: "subnet subnet-a 10.1.0.0/24\nacl subnet-a allow ingress tcp/22 0.0.0.0/0\nacl subnet-a deny ingress tcp/22 198.51.100.0/24",
        Quiet: "subnet subnet-a 10.1.0.0/24\nacl subnet-a deny ingress tcp/22 198.51.100.0/24\nacl subnet-a allow ingress tcp/22 0.0.0.0/0");

    protected override void Check(AuditContext context, NetworkAcl acl, AuditSink sink)
    {
        var wholeWorld = context.Parameters.Get(AuditParameters.AclDenyWorld);
        var opening = context.Acls.Of(acl)!;
        var hasV6 = !context.Estate.Index.Vpcs.TryGetValue(acl.Vpc, out var vpc) || vpc.Cidrs.Any(c => c.Family == IpFamily.V6);
        var problems = new List<string>();
        foreach (var reading in EntryReading.Of(acl))
        {
            var entry = reading.Entry;
            if (entry.Allows) continue;
            if (!reading.Preempted.IsEmpty)
            {
                var before = string.Join(", ", reading.Contrary.Select(e => EntryWords.Number(e.Number)).Distinct());
                problems.Add($"{EntryWords.Of(entry)} comes after allow entry {before}, which lets {(reading.IsShadowed ? "its traffic" : "part of its traffic")} through");
            }
            else if (reading.IsShadowed)
            {
                problems.Add($"{EntryWords.Of(entry)} decides nothing: earlier entries do");
            }
            else if (hasV6 && entry.Cidr == Cidr.AnyV4 && OpenOverV6(opening, entry) is { IsEmpty: false } open)
            {
                problems.Add($"{EntryWords.Of(entry)} leaves {EntryWords.Of(open)} open to the world over IPv6");
            }
            else if (wholeWorld && entry.Cidr.PrefixLength > 0)
            {
                problems.Add($"{EntryWords.Of(entry)} names less than every address");
            }
        }

        if (problems.Count > 0) sink.Report(this, FindingResource.Of(acl), $"Deny entries do not stop what they name: {EntryWords.List(problems)}.");
    }

    private static ServiceSet OpenOverV6(AclOpening opening, NetworkAclEntry entry) => ServiceSet.Of(entry.Service)
        .Subtract(opening.Of(entry.Direction, IpFamily.V4)).Intersect(opening.Of(entry.Direction, IpFamily.V6));
}
