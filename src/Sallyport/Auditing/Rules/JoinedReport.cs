using Sallyport.Estates;
using Sallyport.Packets;

namespace Sallyport.Auditing.Rules;

/// <summary>What rules about the world say of an interface whose groups open it only together: no group has the finding, the interface has.</summary>
internal static class JoinedReport
{
    /// <summary>One finding a set of groups, on the first interface that carries it.</summary>
    /// <param name="rule">Who objects.</param>
    /// <param name="context">The estate.</param>
    /// <param name="direction">Of the rules.</param>
    /// <param name="forbidden">The part of some services that the rule objects to.</param>
    /// <param name="sink">Takes the findings.</param>
    public static void Check(AuditRule rule, AuditContext context, Direction direction, Func<ServiceSet, ServiceSet> forbidden, AuditSink sink)
    {
        foreach (var joined in context.JoinedWorlds)
        {
            if (joined.Direction != direction || forbidden(joined.Services) is not { IsEmpty: false } open) continue;
            var first = joined.Set.Interfaces[0];
            var more = joined.Set.Interfaces.Length - 1;
            var where = more == 0 ? $"interface {first.Id}" : $"interface {first.Id} and {more} more";
            var family = joined.Family == IpFamily.V4 ? "IPv4" : "IPv6";
            var message = direction == Direction.Ingress
                ? $"The groups of {where} together open {open} to the whole {family} Internet; no group does so alone."
                : $"The groups of {where} together let {open} out to the whole {family} Internet; no group does so alone.";
            sink.Report(rule, FindingResource.Of(first), message, joined.Evidence(open));
        }
    }
}
